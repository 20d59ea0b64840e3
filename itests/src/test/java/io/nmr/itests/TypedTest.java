package io.nmr.itests;

import static org.junit.Assert.assertEquals;
import static org.ops4j.pax.exam.CoreOptions.junitBundles;

import io.nmr.itests.kit.Await;
import io.nmr.itests.kit.CapturedLog;
import io.nmr.itests.kit.Hold;
import io.nmr.itests.kit.Running;
import io.nmr.itests.kit.TestEar;
import io.nmr.itests.kit.TestWords;
import io.nmr.itests.kit.TypedClient;
import io.nmr.itests.kit.TypedProvider;
import io.nmr.typed.NpiClient;
import io.nmr.typed.NpiProvider;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.After;
import org.junit.Before;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;

/** The registrar and the typed modules; a warning of theirs that a test does not take fails it. */
public abstract class TypedTest extends RegistrarTest {

    protected CapturedLog typedLog;
    protected List<String> warnings = List.of();

    @Override
    @Configuration
    public Option[] configuration() {
        return new Option[] {registrar(60_000), reactorBundle("io.nmr.typed.jar"), junitBundles()};
    }

    @Before
    public void captureTyped() {
        typedLog = new CapturedLog("io.nmr.typed");
    }

    @After
    public void checkTypedLog() {
        typedLog.close();
        assertEquals(warnings, typedLog.all());
    }

    protected final TypedProvider provider(String name) {
        return stage.add(new TypedProvider(new TestWords(journal, name)));
    }

    protected final TypedClient client(String name) {
        return client(name, Duration.ZERO);
    }

    protected final TypedClient client(String name, Duration patience) {
        return stage.add(new TypedClient(new TestEar(journal, name), patience));
    }

    /** A call, held inside the provider; the test has seen it there. */
    protected final Running<String> heldCall(TestWords words, Supplier<String> call) {
        words.said = stage.hold("the call into " + words);
        Running<String> held = stage.run("call", call::get);
        words.said.awaitEntered();
        return held;
    }

    /** A callback, held inside the client; the test has seen it there. */
    protected final Running<String> heldTell(TestEar ear, Supplier<String> tell) {
        Hold hold = stage.hold("the callback of " + ear);
        ear.heard = hold;
        Running<String> held = stage.run("tell", tell::get);
        hold.awaitEntered();
        return held;
    }

    /** Both sides have been told: neither finds the other any more. */
    protected static void awaitDetaching(NpiClient<?, ?> client, NpiProvider<?, ?> provider) {
        Await.until("both sides detach", () -> client.attached().isEmpty() && provider.attached().isEmpty());
    }

    /** What {@code stage} completes with, in time. */
    protected static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().copy().orTimeout(Await.SECONDS, TimeUnit.SECONDS).join();
    }

    /** What {@code action} throws. */
    protected static <X extends Throwable> X thrown(Class<X> type, Runnable action) {
        try {
            action.run();
        } catch (Throwable t) {
            if (type.isInstance(t)) {
                return type.cast(t);
            }
            throw new AssertionError("not a " + type.getName() + ": " + t, t);
        }
        throw new AssertionError("no " + type.getName());
    }
}
