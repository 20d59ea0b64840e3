package io.nmr.itests;

import static org.junit.Assert.assertEquals;

import io.nmr.itests.kit.Await;
import io.nmr.itests.kit.Journal;
import io.nmr.itests.kit.Running;
import io.nmr.itests.kit.Stage;
import java.io.File;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import org.junit.After;
import org.junit.Rule;
import org.junit.rules.TemporaryFolder;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/**
 * Frameworks that each test starts, and stops, for itself, without Pax Exam: whichever is on the class path. These classes
 * and the API come from the system bundle.
 */
public abstract class FrameworkTest {

    /** A guard against hanging. */
    protected static final long LONG_MS = TimeUnit.MINUTES.toMillis(2);

    @Rule
    public final TemporaryFolder storage = new TemporaryFolder();

    protected Framework framework;
    protected Bundle registrar;
    protected Stage stage;
    protected Journal journal;

    protected final void start(String timeout) throws Exception {
        start(timeout, Map.of());
    }

    protected final void start(String timeout, Map<String, String> more) throws Exception {
        launch(timeout, "io.nmr.api;io.nmr.api.runtime;version=\"1.0.0\",io.nmr.itests.kit", more);
        installRegistrar();
    }

    /** The API is a bundle here: modules must share no class with the tests. */
    protected final void startFromBundles(String timeout) throws Exception {
        launch(timeout, "", Map.of());
        framework.getBundleContext().installBundle(jar("io.nmr.api.jar")).start();
        installRegistrar();
    }

    private void launch(String timeout, String packages, Map<String, String> more) throws Exception {
        Map<String, String> configuration = new HashMap<>(more);
        configuration.put(Constants.FRAMEWORK_STORAGE, storage.newFolder().getPath());
        configuration.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, packages);
        configuration.put("nmr.detach.timeout", timeout);
        framework = ServiceLoader.load(FrameworkFactory.class).iterator().next().newFramework(configuration);
        framework.start();
        stage = new Stage(framework.getBundleContext());
        journal = stage.journal;
    }

    private void installRegistrar() throws BundleException {
        registrar = framework.getBundleContext().installBundle(jar("io.nmr.registrar.jar"));
        registrar.start();
    }

    protected static String jar(String property) {
        return new File(System.getProperty(property)).toURI().toString();
    }

    @After
    public final void stop() throws Exception {
        framework.stop();
        assertEquals(FrameworkEvent.STOPPED, framework.waitForStop(LONG_MS).getType());
        stage.clear();
        Await.until("no thread nmr-* is left", () -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("nmr-")));
    }

    protected final Running<Void> stopTheFramework() {
        return stage.act("framework", () -> {
            framework.stop();
            assertEquals(FrameworkEvent.STOPPED, framework.waitForStop(LONG_MS).getType());
        });
    }
}
