package io.nmr.typed;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * An object that a provider handed out, such as a session or a subscription. Until it is released, the provider stays
 * attached, and calls of the object are admitted even if the binding detaches (D11, T6).
 *
 * <p>Release it when told that the binding detaches: the stop of the provider waits for the release.
 *
 * <p><b>Threading.</b> Any thread.
 *
 * @param <T> the object
 */
public final class Held<T> implements AutoCloseable {

    private final Profile<?, ?> client;
    private final AttachedProviders<?> providers;
    private final BindingContext<?> binding;
    private final Scope scope;
    private final AtomicBoolean released = new AtomicBoolean();
    private final AtomicReference<Consumer<? super Held<T>>> whenDetaching;
    private volatile T object;

    /** @param binding its gate has admitted the call that got the object, on this thread */
    Held(
            Profile<?, ?> client,
            AttachedProviders<?> providers,
            BindingContext<?> binding,
            T object,
            Consumer<? super Held<T>> whenDetaching) {
        this.client = client;
        this.providers = providers;
        this.binding = binding;
        this.scope = new Scope(binding);
        this.object = object;
        this.whenDetaching = new AtomicReference<>(whenDetaching);
    }

    /**
     * Calls the object.
     *
     * @param <R> the result
     * @param <X> what {@code call} throws
     * @param call what to call
     * @return what {@code call} returns
     * @throws X what {@code call} throws
     * @throws IllegalStateException if the object was released
     */
    public <R, X extends Exception> R call(Call<? super T, ? extends R, X> call) throws X {
        T mine = object; // before the entry: if the object is gone by then, the entry fails
        if (!scope.tryEnterWithin()) {
            throw new IllegalStateException("released: an object that was held of " + binding);
        }
        try {
            return call.call(mine);
        } finally {
            scope.exit();
        }
    }

    /**
     * Calls the object, as {@link #call}, without a result.
     *
     * @param <X> what {@code action} throws
     * @param action what to call
     * @throws X what {@code action} throws
     * @throws IllegalStateException if the object was released
     */
    public <X extends Exception> void run(Action<? super T, X> action) throws X {
        call(held -> {
            action.run(held);
            return null;
        });
    }

    /** {@return whether the binding has begun to detach, and waits for the release} */
    public boolean isDetaching() {
        return binding.isClosed();
    }

    /**
     * Releases the object, and closes it first if it is {@link AutoCloseable}. Calls in progress continue; the binding
     * stays attached until they end. To release it again does nothing.
     *
     * @throws IllegalStateException if closing the object threw a checked exception, the cause; the object is released
     */
    @Override
    public void close() {
        if (released.compareAndSet(false, true)) {
            try {
                run(Held::closeIfCloseable);
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException("closing an object that was held of " + binding + " failed", e);
            } finally {
                release();
            }
        }
    }

    private static void closeIfCloseable(Object object) throws Exception {
        if (object instanceof AutoCloseable closeable) {
            closeable.close();
        }
    }

    private void release() {
        scope.end();
        providers.release(this);
        object = null;
        whenDetaching.set(null);
    }

    boolean isOf(BindingContext<?> one) {
        return binding == one;
    }

    /** Calls the listener, the first time. */
    void tellDetaching() {
        Consumer<? super Held<T>> listener = whenDetaching.getAndSet(null);
        if (listener != null) {
            try {
                listener.accept(this);
            } catch (RuntimeException e) {
                client.failed("the listener of an object that is held of " + binding, e);
            }
        }
    }
}
