package io.nmr.typed.guard;

import java.lang.reflect.Modifier;
import java.util.function.Function;

/**
 * Makes the guards of one interface: objects that implement it and track every call. The class is generated once, here.
 * Only this object and the guards keep that class alive (R7).
 *
 * @param <T> the interface
 */
public final class GuardFactory<T> {

    private static final System.Logger LOG = System.getLogger("io.nmr.typed");

    private final Class<T> type;
    private final Function<Tracked, T> maker;

    private GuardFactory(Class<T> type, Function<Tracked, T> maker) {
        this.type = type;
        this.maker = maker;
    }

    /**
     * Generates the guard class of an interface.
     *
     * @param <T> the interface
     * @param type its class
     * @return makes its guards; they are proxies, and a warning is logged, if this virtual machine rejects generated classes
     * @throws IllegalArgumentException if other bundles cannot implement or call the interface: it is no interface, not
     *     public, not exported by its module, sealed, hidden, or its own loader does not see a type that it names
     */
    public static <T> GuardFactory<T> of(Class<T> type) {
        return of(type, GuardClass::generate);
    }

    /** Makes the class of guards of an interface. */
    interface Generator {
        <T> Function<Tracked, T> generate(Class<T> type) throws ReflectiveOperationException;
    }

    static <T> GuardFactory<T> of(Class<T> type, Generator generator) {
        requireUsable(type);
        try {
            return new GuardFactory<>(type, generator.generate(type));
        } catch (LinkageError | ReflectiveOperationException | UnsupportedOperationException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "No guard can be generated for " + name(type) + "; a slower proxy tracks its calls",
                    e);
            return new GuardFactory<>(type, new GuardProxy<>(type));
        }
    }

    /**
     * Makes a guard.
     *
     * @param tracked counts its calls and has their target
     * @return an implementation of the interface that tracks each call
     */
    public T guard(Tracked tracked) {
        return maker.apply(tracked);
    }

    /** {@return the interface} */
    public Class<T> type() {
        return type;
    }

    /** {@return whether the guards are proxies, because no class could be generated} */
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

    /** To all modules: the loader of a guard is a separate unnamed module. */
    private static boolean isExported(Class<?> type) {
        return type.getModule().isExported(type.getPackageName());
    }

    private static void require(boolean fulfilled, Class<?> type, String otherwise) {
        if (!fulfilled) {
            throw new IllegalArgumentException(name(type) + " " + otherwise + ": a dispatch table is a public interface");
        }
    }

    private static String name(Class<?> type) {
        return type.getName() + " of " + Origin.of(type);
    }
}
