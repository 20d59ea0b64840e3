package io.nmr.conformance.runs;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/**
 * A framework with the registrar's bundle. The API comes from the system bundle, exported as its own bundle would, so
 * that the kit's modules and the registrar have one and the same.
 */
final class EmbeddedFramework implements AutoCloseable {

    private final Path storage;
    private final Framework framework;

    EmbeddedFramework() throws IOException, BundleException {
        Quiet.please();
        storage = Files.createTempDirectory("nmr-tck");
        framework = ServiceLoader.load(FrameworkFactory.class).findFirst().orElseThrow().newFramework(Map.of(
                Constants.FRAMEWORK_STORAGE, storage.toString(),
                Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, exportsOf(System.getProperty("io.nmr.api.jar"))));
        framework.start();
        framework.getBundleContext()
                .installBundle(new File(System.getProperty("io.nmr.registrar.jar")).toURI().toString())
                .start();
    }

    private static String exportsOf(String jar) throws IOException {
        try (JarFile file = new JarFile(jar)) {
            return file.getManifest().getMainAttributes().getValue(Constants.EXPORT_PACKAGE);
        }
    }

    /** A started bundle with nothing in it: somebody for modules to belong to. */
    Bundle bundle(String name) throws IOException, BundleException {
        Bundle bundle = framework.getBundleContext().installBundle("memory:" + name, empty(name));
        bundle.start();
        return bundle;
    }

    private static InputStream empty(String name) throws IOException {
        Manifest manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
        headers.putValue(Constants.BUNDLE_SYMBOLICNAME, name);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new JarOutputStream(bytes, manifest).close();
        return new ByteArrayInputStream(bytes.toByteArray());
    }

    @Override
    public void close() throws Exception {
        framework.stop();
        framework.waitForStop(TimeUnit.SECONDS.toMillis(30));
        try (Stream<Path> files = Files.walk(storage)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        }
    }
}
