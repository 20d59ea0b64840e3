package io.nmr.typed;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Makes what the clients of a provider call. What was made for one client is closed once that is gone; it is not kept in
 * the bindings, because few providers make any.
 *
 * <p><b>Threading.</b> Any thread.
 */
final class Implementations<C, P> {

    private final Function<? super ClientDescription<C>, ? extends P> factory;
    private final boolean arePerClient;
    private final Map<BindingContext<C>, AutoCloseable> closeables = new ConcurrentHashMap<>();

    private Implementations(Function<? super ClientDescription<C>, ? extends P> factory, boolean arePerClient) {
        this.factory = Objects.requireNonNull(factory, "implementations");
        this.arePerClient = arePerClient;
    }

    static <C, P> Implementations<C, P> same(P implementation) {
        Objects.requireNonNull(implementation, "implementation");
        return new Implementations<>(client -> implementation, false);
    }

    static <C, P> Implementations<C, P> perClient(Function<? super ClientDescription<C>, ? extends P> factory) {
        return new Implementations<>(factory, true);
    }

    P make(BindingContext<C> binding, ClientDescription<C> client) {
        P made = Objects.requireNonNull(
                factory.apply(client), () -> "no implementation was made for client " + client.module());
        if (arePerClient && made instanceof AutoCloseable closeable) {
            closeables.put(binding, closeable);
        }
        return made;
    }

    /** @throws IllegalStateException if closing threw a checked exception, the cause */
    void close(BindingContext<C> binding) {
        AutoCloseable implementation = closeables.remove(binding);
        if (implementation != null) {
            close(implementation, binding);
        }
    }

    private static void close(AutoCloseable implementation, BindingContext<?> binding) {
        try {
            implementation.close();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(
                    "closing the implementation made for client " + binding.otherAtAnyTime() + " failed", e);
        }
    }
}
