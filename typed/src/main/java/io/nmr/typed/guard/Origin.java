package io.nmr.typed.guard;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/** Where a class comes from, for messages: its bundle where its loader is one's, found by name, else its loader. */
public final class Origin {

    private static final String BUNDLE_REFERENCE = "org.osgi.framework.BundleReference";

    private Origin() {}

    /**
     * Says where a class comes from.
     *
     * @param type the class
     * @return such as {@code bundle io.nmr.sample.npi [7](R 7.0)}
     */
    public static String of(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        if (loader == null) {
            return "the JDK";
        }
        Class<?> reference = bundleReference(loader.getClass());
        return reference == null ? "loader " + loader : "bundle " + bundle(loader, reference);
    }

    private static Object bundle(ClassLoader loader, Class<?> reference) {
        try {
            return reference.getMethod("getBundle").invoke(loader);
        } catch (ReflectiveOperationException e) {
            return loader; // a message says what it can
        }
    }

    private static Class<?> bundleReference(Class<?> loaderType) {
        Deque<Class<?>> left = new ArrayDeque<>();
        for (Class<?> type = loaderType; type != null; type = type.getSuperclass()) {
            left.addAll(Arrays.asList(type.getInterfaces()));
        }
        while (!left.isEmpty()) {
            Class<?> candidate = left.pop();
            if (candidate.getName().equals(BUNDLE_REFERENCE)) {
                return candidate;
            }
            left.addAll(Arrays.asList(candidate.getInterfaces()));
        }
        return null;
    }
}
