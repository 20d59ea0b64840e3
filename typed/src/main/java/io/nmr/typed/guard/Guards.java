package io.nmr.typed.guard;

import java.lang.reflect.Modifier;
import java.util.function.Function;

/**
 * Makes the tracked dispatches of one interface. The class is generated once, here; whoever keeps this object keeps the
 * class, and nothing else does (R7).
 *
 * @param <T> the interface
 */
public final class Guards<T> {

    private static final System.Logger LOG = System.getLogger("io.nmr.typed");

    private final Function<Tracked, T> maker;

    private Guards(Function<Tracked, T> maker) {
        this.maker = maker;
    }

    /**
     * The guards of an interface.
     *
     * @param <T> the interface
     * @param type its class
     * @return its guards; proxies, with a warning, where this machine cannot have a generated class
     * @throws IllegalArgumentException if nobody could implement or call it: it is no interface, not public, not
     *     exported by its module, sealed, hidden, or its own loader does not see what it names
     */
    public static <T> Guards<T> of(Class<T> type) {
        return of(type, GuardClass::generate);
    }

    /** Makes the class of guards of an interface. */
    interface Generator {
        <T> Function<Tracked, T> generate(Class<T> type) throws ReflectiveOperationException;
    }

    static <T> Guards<T> of(Class<T> type, Generator generator) {
        requireUsable(type);
        try {
            return new Guards<>(generator.generate(type));
        } catch (LinkageError | ReflectiveOperationException | UnsupportedOperationException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "No guard can be generated for " + type.getName() + " of " + Origin.of(type)
                            + "; its calls are tracked by a slower proxy",
                    e);
            return new Guards<>(new GuardProxy<>(type));
        }
    }

    /**
     * A tracked dispatch.
     *
     * @param tracked counts its calls and leads to the target
     * @return an implementation of the interface, each of whose calls is tracked
     */
    public T guard(Tracked tracked) {
        return maker.apply(tracked);
    }

    /** {@return whether these are proxies, for want of a generated class} */
    public boolean areProxies() {
        return maker instanceof GuardProxy;
    }

    private static void requireUsable(Class<?> type) {
        require(type.isInterface() && !type.isAnnotation(), type, "is no interface");
        require(Modifier.isPublic(type.getModifiers()), type, "is not public");
        require(isExported(type), type, "is in a package that its " + type.getModule() + " does not export");
        require(!type.isSealed(), type, "is sealed");
        require(!type.isHidden(), type, "is hidden");
        try {
            GuardMethod.of(type);
        } catch (LinkageError | TypeNotPresentException e) {
            throw new IllegalArgumentException(name(type) + " names a type that its own loader does not see", e);
        }
    }

    /** To everybody: the loader of a guard is a module of its own. */
    private static boolean isExported(Class<?> type) {
        return type.getModule().isExported(type.getPackageName());
    }

    private static void require(boolean fulfilled, Class<?> type, String otherwise) {
        if (!fulfilled) {
            throw new IllegalArgumentException(
                    name(type) + " " + otherwise + ": a dispatch table is described by a public interface");
        }
    }

    private static String name(Class<?> type) {
        return type.getName() + " of " + Origin.of(type);
    }
}
