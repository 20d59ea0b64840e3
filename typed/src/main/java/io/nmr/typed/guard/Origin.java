package io.nmr.typed.guard;

import java.util.Optional;
import java.util.stream.Stream;

/** Where a class comes from, for messages: its bundle if its loader belongs to one, else its loader. */
public final class Origin {

    /** Found by its name, because this bundle does not import OSGi. */
    private static final String BUNDLE_REFERENCE = "org.osgi.framework.BundleReference";

    private Origin() {}

    /**
     * Tells where a class comes from.
     *
     * @param type the class
     * @return such as {@code bundle io.nmr.sample.npi [7](R 7.0)}
     */
    public static String of(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        if (loader == null) {
            return "the JDK";
        }
        return supertype(loader.getClass(), BUNDLE_REFERENCE)
                .map(reference -> "bundle " + bundle(loader, reference))
                .orElse("loader " + loader);
    }

    private static Object bundle(ClassLoader loader, Class<?> reference) {
        try {
            return reference.getMethod("getBundle").invoke(loader);
        } catch (ReflectiveOperationException e) {
            return loader;
        }
    }

    /**
     * A class or interface that {@code type} is or inherits from.
     *
     * @param type where to begin
     * @param name the name of the supertype
     * @return the first with this name
     */
    public static Optional<Class<?>> supertype(Class<?> type, String name) {
        if (type.getName().equals(name)) {
            return Optional.of(type);
        }
        return Stream.concat(Stream.ofNullable(type.getSuperclass()), Stream.of(type.getInterfaces()))
                .flatMap(parent -> supertype(parent, name).stream())
                .findFirst();
    }
}
