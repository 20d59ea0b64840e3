package io.nmr.karaf;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.EnumSet;
import org.apache.karaf.features.FeaturesService;
import org.junit.Test;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Bundle;

/** Bundles and features that come and go under load; no request fails. */
public class DeployIT extends KarafTest {

    /** The older one is a file in deploy/, which is overwritten: Karaf stops, updates, refreshes and starts the bundle. */
    @Test
    public void deploy_newerVersionOverTheOlder_replacesItUnderLoad() throws Exception {
        features.uninstallFeature("nmr-samples");
        features.installFeature("nmr-gateway");
        Path deployed = deploy("provider.v1.jar", "lookup.jar");
        Await.until("the older provider", () -> isActive("1.0.0"));
        Load load = new Load(gateway());
        load.awaitAnswers();
        deploy("provider.v2.jar", "lookup.jar");
        Await.until("the newer provider", () -> isActive("2.0.0"));
        load.awaitAnswers();
        load.end();
        assertEquals(bundles(PROVIDER).toString(), 1, bundles(PROVIDER).size());
        assertTrue(gateway().isProvidedBy(2));
        assertDrainedInTheMiddle(PROVIDER + " 1.0.0");
        Files.delete(deployed);
        Await.until("the provider's end", () -> bundles(PROVIDER).isEmpty());
    }

    /** The newer one comes beside the older, and is preferred from its first moment; then the older one's file goes. */
    @Test
    public void deploy_newerBesideTheOlder_thenTheOlderRemoved_noGap() throws Exception {
        features.uninstallFeature("nmr-samples");
        features.installFeature("nmr-gateway");
        Path older = deploy("provider.v1.jar", "lookup-1.jar");
        Await.until("the older provider", () -> isActive("1.0.0"));
        Load load = new Load(gateway());
        load.awaitAnswers();
        Path newer = deploy("provider.v2.jar", "lookup-2.jar");
        Await.until("the newer provider", () -> isActive("2.0.0"));
        Files.delete(older);
        Await.until("the older one's end", () -> bundles(PROVIDER).size() == 1);
        load.awaitAnswers();
        load.end();
        assertTrue(gateway().isProvidedBy(2));
        log.await("NMR201", record -> record.contains(PROVIDER + " 1.0.0"));
        Files.delete(newer);
        Await.until("the provider's end", () -> bundles(PROVIDER).isEmpty());
    }

    private Path deploy(String property, String name) throws IOException {
        Path file = Path.of(System.getProperty("karaf.base"), "deploy", name);
        Path beside = Path.of(System.getProperty("karaf.base"), name + ".part");
        Files.copy(Path.of(System.getProperty(property)), beside, StandardCopyOption.REPLACE_EXISTING);
        return Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private boolean isActive(String version) {
        return bundles(PROVIDER).stream().anyMatch(bundle ->
                bundle.getState() == Bundle.ACTIVE && bundle.getVersion().toString().startsWith(version));
    }

    private void assertDrainedInTheMiddle(String bundle) {
        log.await("NMR201", record ->
                record.contains(bundle) && !record.endsWith("calls in progress at its start 0"));
    }

    @Test
    public void featureUninstall_drains() throws Exception {
        features.installFeature("nmr-gateway"); // of its own, so that the callers stay when the provider goes
        Load load = new Load(gateway());
        load.awaitAnswers();
        features.uninstallFeature("nmr-samples");
        assertTrue(bundles(PROVIDER).isEmpty());
        assertDrainedInTheMiddle(PROVIDER);
        features.installFeature("nmr-samples");
        load.awaitAnswers();
        load.end();
    }

    /** A fragment comes with a feature: Karaf refreshes its host, which is in use. */
    @Test
    public void featureInstall_thatRefreshesTheProvider_drains() throws Exception {
        Path repository = Fragment.featureFor(PROVIDER);
        features.addRepository(repository.toUri());
        Load load = new Load(gateway());
        load.awaitAnswers();
        features.installFeature("nmr-test-fragment", EnumSet.noneOf(FeaturesService.Option.class));
        load.awaitAnswers();
        load.end();
        assertTrue("refreshed, so the fragment's entry is found",
                bundles(PROVIDER).get(0).getResource(Fragment.ENTRY) != null);
        assertDrainedInTheMiddle(PROVIDER);
        features.uninstallFeature("nmr-test-fragment");
        features.removeRepository(repository.toUri());
    }
}
