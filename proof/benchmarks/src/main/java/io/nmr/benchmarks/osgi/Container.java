package io.nmr.benchmarks.osgi;

import io.nmr.api.CallGate;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/**
 * A framework in this JVM, in a class loader of its own, for two frameworks on one class path do not start. The classes of
 * OSGi and of {@code io.nmr.api} are those of the benchmarks, which so call straight into it.
 */
final class Container implements AutoCloseable {

    /** Held: a logger that nobody holds forgets its level. */
    private static final Logger REGISTRAR_LOG = Logger.getLogger("io.nmr.registrar");

    /** Of Equinox: 0 for at the stop only, not later on a thread of its own. */
    private static final String SAVE_STATE_DELAY = "eclipse.stateSaveDelayInterval";

    private static final long LONGEST_STOP_MS = 60_000;

    private final Path storage;
    private final URLClassLoader loader;
    private final Framework framework;

    private Container(Path storage, URLClassLoader loader, Framework framework) {
        this.storage = storage;
        this.loader = loader;
        this.framework = framework;
    }

    /** Starts a framework with nothing in it. A record for each drain goes nowhere: what is written is not measured. */
    static Container start(Platform platform) throws BundleException, IOException {
        REGISTRAR_LOG.setLevel(Level.WARNING);
        Path storage = Files.createTempDirectory("nmr-benchmarks");
        URLClassLoader loader = new URLClassLoader(
                new URL[] {url(Jars.bundle(platform.jar))}, Container.class.getClassLoader());
        FrameworkFactory factory =
                ServiceLoader.load(FrameworkFactory.class, loader).findFirst().orElseThrow();
        Framework framework = factory.newFramework(Map.of(
                Constants.FRAMEWORK_STORAGE, storage.toString(),
                SAVE_STATE_DELAY, "0",
                Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT,
                Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                        Jars.exportsOf(CallGate.class) + "," + Container.class.getPackageName()));
        framework.start();
        return new Container(storage, loader, framework);
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Installs all of these that the build has put aside, then starts them. */
    void startAll(String... names) throws BundleException {
        for (String name : names) {
            framework.getBundleContext().installBundle(Jars.bundle(name).toUri().toString());
        }
        for (Bundle bundle : framework.getBundleContext().getBundles()) {
            bundle.start();
        }
    }

    /** A started bundle with nothing in it, wired to the API as a module's is. */
    Bundle start(String name) throws BundleException {
        return start(name, new BundleJar(name).header("Import-Package", CallGate.class.getPackageName()));
    }

    Bundle start(String name, BundleJar jar) throws BundleException {
        InputStream content = jar.build();
        Bundle bundle = framework.getBundleContext().installBundle("benchmark:" + name, content);
        bundle.start();
        return bundle;
    }

    Framework framework() {
        return framework;
    }

    void awaitStopped() {
        try {
            framework.waitForStop(LONGEST_STOP_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws BundleException, IOException {
        framework.stop();
        awaitStopped();
        loader.close();
        delete(storage);
    }

    private static void delete(Path folder) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> files = Files.walk(folder)) {
            deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : deepestFirst) {
            Files.delete(file);
        }
    }
}
