package io.nmr.benchmarks.osgi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarFile;

/** Where the jars are that the build has put beside this one. */
final class Jars {

    private Jars() {}

    /** A framework, or a bundle, that is on no class path. */
    static Path bundle(String name) {
        Path jar = of(Jars.class).resolveSibling("bundles").resolve(name + ".jar");
        if (!Files.exists(jar)) {
            throw new IllegalStateException(jar + " is missing: run the benchmarks from the jar that the build has made");
        }
        return jar;
    }

    /** What the bundle that {@code type} is of exports: as a bundle, where it is here on the class path. */
    static String exportsOf(Class<?> type) {
        try (JarFile jar = new JarFile(of(type).toFile())) {
            return jar.getManifest().getMainAttributes().getValue("Export-Package");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path of(Class<?> type) {
        try {
            URI location = type.getProtectionDomain().getCodeSource().getLocation().toURI();
            return Path.of(location);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
