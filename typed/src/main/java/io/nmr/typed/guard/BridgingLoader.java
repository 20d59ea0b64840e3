package io.nmr.typed.guard;

import java.util.Set;

/**
 * The loader of one guard class: it sees what the interface's loader sees, and what a guard stands on. Nothing but the
 * guard class and its objects refer to it, so it goes with them.
 */
final class BridgingLoader extends ClassLoader {

    private static final Set<String> OWN = Set.of(Tracked.class.getName(), LateExit.class.getName());

    static {
        registerAsParallelCapable();
    }

    /** @param type the interface, whose loader is asked first; the bootstrap's interfaces have none to name */
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
