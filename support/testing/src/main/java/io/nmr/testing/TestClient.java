package io.nmr.testing;

import io.nmr.api.ClientCharacteristics;
import io.nmr.api.ModuleId;
import io.nmr.typed.AttachedModule;
import io.nmr.typed.Call;
import io.nmr.typed.Caller;
import io.nmr.typed.Npi;
import io.nmr.typed.NpiClient;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/**
 * A client for tests of a provider: attaches to every provider of an NPI and calls the newest. To see a provider drain, put
 * a call in progress with {@link #inBackground}, wait for it with {@link #awaitCallsInProgress}, stop the provider's bundle,
 * and look at what the call answered.
 *
 * <p><b>Threading.</b> Any thread.
 *
 * <p><b>Errors.</b> What is awaited in vain is an {@link AssertionError} that says what there was instead.
 *
 * @param <C> the client's dispatch table, {@code Void} where the NPI defines none
 * @param <P> the provider's dispatch table
 */
public final class TestClient<C, P> implements AutoCloseable {

    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final NpiClient<C, P> client;
    private final ServiceRegistration<ClientCharacteristics> registration;

    private TestClient(BundleContext context, NpiClient<C, P> client) {
        this.client = client;
        this.registration = context.registerService(ClientCharacteristics.class, client, null);
    }

    /**
     * Publishes a client of an NPI without callbacks.
     *
     * @param <P> the provider's dispatch table
     * @param context the context of the test's bundle
     * @param npi the NPI
     * @return the client, attached to the providers that there are
     */
    public static <P> TestClient<Void, P> publish(BundleContext context, Npi<Void, P> npi) {
        return new TestClient<>(context, NpiClient.of(npi, anyModule()));
    }

    /**
     * Publishes a client of an NPI with callbacks.
     *
     * @param <C> the client's dispatch table
     * @param <P> the provider's dispatch table
     * @param context the context of the test's bundle
     * @param npi the NPI
     * @param callbacks what providers call
     * @return the client, attached to the providers that there are
     */
    public static <C, P> TestClient<C, P> publish(BundleContext context, Npi<C, P> npi, C callbacks) {
        return new TestClient<>(context, NpiClient.of(npi, anyModule(), callbacks));
    }

    private static ModuleId anyModule() {
        return ModuleId.of(UUID.randomUUID().toString());
    }

    /**
     * Its calls, tracked like those of any client.
     *
     * @return the calls
     */
    public Caller<P> calls() {
        return client;
    }

    /**
     * The providers that it is attached to, the newest first.
     *
     * @return an immutable list; may be stale
     */
    public List<AttachedModule> attached() {
        return client.attached();
    }

    /**
     * Begins a call on a thread of its own.
     *
     * @param <R> the result
     * @param call the call
     * @return completes with what the call returns or throws
     */
    public <R> CompletableFuture<R> inBackground(Call<? super P, ? extends R, ?> call) {
        CompletableFuture<R> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> complete(result, call), "nmr-test-call");
        thread.setDaemon(true);
        thread.start();
        return result;
    }

    private <R> void complete(CompletableFuture<R> result, Call<? super P, ? extends R, ?> call) {
        try {
            result.complete(client.call(call));
        } catch (Throwable t) {
            result.completeExceptionally(t);
        }
    }

    /**
     * Waits until it is attached to so many providers.
     *
     * @param providers how many
     * @return this
     */
    public TestClient<C, P> awaitProviders(int providers) {
        await(providers + " providers", () -> attached().size() == providers);
        return this;
    }

    /**
     * Waits until so many of its calls are in progress, at all providers together.
     *
     * @param calls how many
     * @return this
     */
    public TestClient<C, P> awaitCallsInProgress(long calls) {
        await(calls + " calls in progress", () -> callsInProgress() == calls);
        return this;
    }

    private long callsInProgress() {
        return attached().stream().mapToLong(AttachedModule::callsInProgress).sum();
    }

    private void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError(
                        "Awaited in vain for " + LONGEST.toSeconds() + " s: " + what + "; attached: " + attached());
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    /** Withdraws the client; returns when its calls in progress have returned, or the detach timeout has passed. */
    @Override
    public void close() {
        registration.unregister();
    }
}
