package io.nmr.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.List;
import java.util.jar.Manifest;

/** Finds bundles among the jars of the class path. */
final class ClassPathBundles {

    private static final String MANIFEST = "META-INF/MANIFEST.MF";
    private static final String WITHIN = "!/" + MANIFEST;

    private ClassPathBundles() {}

    /** The URL of the jar. */
    static String locationOf(String symbolicName) {
        return manifests().stream()
                .filter(manifest -> manifest.getPath().endsWith(WITHIN) && isOf(symbolicName, manifest))
                .map(manifest -> manifest.getPath().substring(0, manifest.getPath().length() - WITHIN.length()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No jar on the class path is the bundle " + symbolicName
                        + ": add it to the test's dependencies, and run the test after its module is packaged"));
    }

    private static List<URL> manifests() {
        try {
            return Collections.list(ClassPathBundles.class.getClassLoader().getResources(MANIFEST));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isOf(String symbolicName, URL manifest) {
        try (InputStream in = manifest.openStream()) {
            String declared = new Manifest(in).getMainAttributes().getValue("Bundle-SymbolicName");
            return declared != null && declared.split(";")[0].trim().equals(symbolicName);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
