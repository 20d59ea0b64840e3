package io.nmr.typed.guard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.function.Predicate;

/** Loads classes of the zoo, and sees only the JDK beside them. */
final class ForeignLoader extends ClassLoader {

    private static final String ZOO = "io.nmr.typed.guard.zoo.";

    private final Predicate<String> without;

    /** @param without matches the simple names of classes to hide */
    ForeignLoader(Predicate<String> without) {
        super("foreign", ClassLoader.getPlatformClassLoader());
        this.without = without;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (!name.startsWith(ZOO) || without.test(name.substring(ZOO.length()))) {
            throw new ClassNotFoundException(name);
        }
        try (InputStream in = ForeignLoader.class.getResourceAsStream("/" + name.replace('.', '/') + ".class")) {
            byte[] code = in.readAllBytes();
            return defineClass(name, code, 0, code.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Class<?> zoo(String simpleName) throws ClassNotFoundException {
        return loadClass(ZOO + simpleName);
    }

    @Override
    public String toString() {
        return "the foreign loader";
    }
}
