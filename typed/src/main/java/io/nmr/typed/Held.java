package io.nmr.typed;

import io.nmr.typed.guard.LateExit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * An object that a provider handed out, such as a session or a subscription, and a token: until it is released the
 * provider stays attached, and calls through it are admitted although the binding detaches (D11, T6).
 *
 * <p>Release it when told that the binding detaches: the stop of the provider waits for that.
 *
 * <p><b>Threading.</b> Any thread.
 *
 * @param <T> the object
 */
public final class Held<T> implements AutoCloseable {

    private final ClientSide<?> binding;
    private final Scope scope;
    private final AtomicBoolean told = new AtomicBoolean();
    private final AtomicBoolean released = new AtomicBoolean();
    private volatile T object;
    private volatile Consumer<? super Held<T>> whenDetaching;

    private Held(ClientSide<?> binding, LateExit inProgress, T object, Consumer<? super Held<T>> whenDetaching) {
        this.binding = binding;
        this.scope = new Scope(binding, inProgress);
        this.object = object;
        this.whenDetaching = whenDetaching;
    }

    static <T> Held<T> of(
            ClientSide<?> binding, LateExit inProgress, T object, Consumer<? super Held<T>> whenDetaching) {
        Held<T> held = new Held<>(binding, inProgress, object, whenDetaching);
        binding.hold(held);
        return held;
    }

    /**
     * Calls the object.
     *
     * @param <R> the result
     * @param <X> what {@code call} throws
     * @param call what to call
     * @return what {@code call} returns
     * @throws X what {@code call} throws
     * @throws IllegalStateException if it was released
     */
    public <R, X extends Exception> R call(Call<? super T, ? extends R, X> call) throws X {
        T mine = object; // before the entry, which fails where it is gone
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
     * As {@link #call}, without a result.
     *
     * @param <X> what {@code action} throws
     * @param action what to call
     * @throws X what {@code action} throws
     * @throws IllegalStateException if it was released
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
     * Releases the object, closing it first if it is {@link AutoCloseable}. Calls in progress go on, and hold the binding
     * until they end. Releasing it again does nothing.
     *
     * @throws IllegalStateException if closing the object threw a checked exception, the cause; it is released
     */
    @Override
    public void close() {
        if (released.compareAndSet(false, true)) {
            try {
                closeObject();
            } finally {
                forget();
            }
        }
    }

    private void closeObject() {
        try {
            run(Held::closeIfCloseable);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("closing an object that was held of " + binding + " failed", e);
        }
    }

    private static void closeIfCloseable(Object object) throws Exception {
        if (object instanceof AutoCloseable closeable) {
            closeable.close();
        }
    }

    private void forget() {
        scope.end();
        binding.release(this);
        object = null;
        whenDetaching = null;
    }

    /** The binding has begun to detach. */
    void detaching() {
        Consumer<? super Held<T>> listener = whenDetaching;
        if (listener != null && told.compareAndSet(false, true)) {
            try {
                listener.accept(this);
            } catch (RuntimeException e) {
                binding.failed("telling that a binding detaches to who holds an object of it", e);
            }
        }
    }
}
