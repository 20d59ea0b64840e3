package io.nmr.typed.guard;

import java.util.Set;

/**
 * The loader of one guard class. It sees what the interface's loader sees, and the types that guards call. Only the guard
 * class and its objects refer to it, so the garbage collector takes all of them together.
 */
final class BridgingLoader extends ClassLoader {

    private static final Set<String> OWN = Set.of(Tracked.class.getName(), LateExit.class.getName());

    static {
        registerAsParallelCapable();
    }

    /** @param type the interface; its loader, null for the bootstrap loader, becomes the parent */
    BridgingLoader(Class<?> type) {
        super("nmr-guard-of-" + type.getName(), type.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        return OWN.contains(name)
                ? Tracked.class.getClassLoader().loadClass(name)
                : super.loadClass(name, resolve);
    }

    Class<?> define(String name, byte[] code) {
        return defineClass(name, code, 0, code.length);
    }
}
