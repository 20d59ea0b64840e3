package io.nmr.typed;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a provider made for one client each and closes when that is gone. Beside the bindings, since few providers make any.
 *
 * <p><b>Threading.</b> Any thread; what is closed is closed outside the map.
 */
final class OwnImplementations {

    private final Map<ProviderSide<?>, AutoCloseable> made = new ConcurrentHashMap<>();

    void add(ProviderSide<?> side, Object implementation) {
        if (implementation instanceof AutoCloseable closeable) {
            made.put(side, closeable);
        }
    }

    /** What it throws is the registrar's to report (C1). */
    void close(ProviderSide<?> side) {
        AutoCloseable implementation = made.remove(side);
        if (implementation != null) {
            close(implementation, side);
        }
    }

    private static void close(AutoCloseable implementation, ProviderSide<?> side) {
        try {
            implementation.close();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("closing the implementation made for " + side.otherAtAnyTime() + " failed", e);
        }
    }
}
