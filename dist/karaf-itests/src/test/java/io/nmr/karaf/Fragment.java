package io.nmr.karaf;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A fragment bundle, and a feature that installs it. */
final class Fragment {

    static final String ENTRY = "nmr-test-fragment.txt";

    private Fragment() {}

    /** The feature repository's file; the feature is {@code nmr-test-fragment}. */
    static Path featureFor(String host) throws IOException {
        Path directory = Files.createTempDirectory("nmr-fragment");
        Path jar = directory.resolve("fragment.jar");
        write(jar, host);
        return Files.writeString(directory.resolve("features.xml"), """
                <features name="nmr-test-fragment" xmlns="http://karaf.apache.org/xmlns/features/v1.6.0">
                  <feature name="nmr-test-fragment" version="1.0.0"><bundle>%s</bundle></feature>
                </features>
                """.formatted(jar.toUri()));
    }

    private static void write(Path jar, String host) throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Bundle-ManifestVersion", "2");
        main.putValue("Bundle-SymbolicName", "io.nmr.test.fragment");
        main.putValue("Bundle-Version", "1.0.0");
        main.putValue("Fragment-Host", host);
        try (OutputStream file = Files.newOutputStream(jar); JarOutputStream out = new JarOutputStream(file, manifest)) {
            out.putNextEntry(new JarEntry(ENTRY));
            out.write("here".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            out.closeEntry();
        }
    }
}
