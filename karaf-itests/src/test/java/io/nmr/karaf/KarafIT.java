package io.nmr.karaf;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.configureConsole;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.editConfigurationFilePut;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.karafDistributionConfiguration;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.logLevel;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import javax.inject.Inject;
import javax.management.ObjectName;
import org.apache.karaf.features.Feature;
import org.apache.karaf.features.FeaturesService;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.karaf.options.LogLevelOption.LogLevel;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/** The features in a Karaf as it is downloaded, with what its users do to them. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class KarafIT {

    private static final String PROVIDER = "io.nmr.sample.provider";

    @Inject
    private BundleContext context;

    @Inject
    private FeaturesService features;

    @Inject
    private SessionFactory sessions;

    private KarafLog log;

    @Configuration
    public Option[] configuration() {
        return new Option[] {
            karafDistributionConfiguration()
                    .frameworkUrl(new File(System.getProperty("karaf.archive")).toURI().toString())
                    .karafVersion(System.getProperty("karaf.version"))
                    .unpackDirectory(new File(System.getProperty("karaf.unpack")))
                    .useDeployFolder(false),
            configureConsole().ignoreLocalConsole().ignoreRemoteShell(),
            logLevel(LogLevel.INFO),
            maven("defaultRepositories", "${karaf.home.uri}${karaf.default.repository}@id=system.repository@snapshots, "
                    + new File(System.getProperty("kar.repository")).toURI() + "@id=kar@snapshots"),
            maven("repositories", ""),
            maven("localRepository", System.getProperty("org.ops4j.pax.url.mvn.localRepository")),
            editConfigurationFilePut("etc/system.properties", "nmr.sample.port", "0"),
            editConfigurationFilePut("etc/system.properties", "nmr.sample.delay", "1000"),
            editConfigurationFilePut("etc/system.properties", "nmr.sample.patience", "30000"),
            passOn("nmr.version"),
            passOn("provider.v1.jar"),
            passOn("provider.v2.jar"),
        };
    }

    private static Option maven(String key, String value) {
        return editConfigurationFilePut("etc/org.ops4j.pax.url.mvn.cfg", "org.ops4j.pax.url.mvn." + key, value);
    }

    private static Option passOn(String property) {
        return systemProperty(property).value(System.getProperty(property));
    }

    @Before
    public void install() throws Exception {
        features.addRepository(
                URI.create("mvn:io.nmr/io.nmr.karaf/" + System.getProperty("nmr.version") + "/xml/features"));
        features.installFeature("nmr"); // of its own, so that it stays when the samples go
        features.installFeature("nmr-samples");
        log = KarafLog.fromHere();
    }

    @After
    public void nothingWasOverdue() throws Exception {
        for (String gone : List.of("nmr-samples", "nmr-gateway")) {
            if (features.isInstalled(features.getFeature(gone))) {
                features.uninstallFeature(gone);
            }
        }
        assertEquals(List.of(), log.all("NMR202"));
    }

    private Gateway gateway() throws Exception {
        // by name: wired to the API, this bundle would be refreshed with it
        ServiceReference<?> gateway = context.getAllServiceReferences(
                "io.nmr.api.ClientCharacteristics", "(nmr.sample.gateway.port=*)")[0];
        return new Gateway((Integer) gateway.getProperty("nmr.sample.gateway.port"));
    }

    private List<Bundle> bundles(String symbolicName) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> symbolicName.equals(bundle.getSymbolicName()))
                .toList();
    }

    @Test
    public void features_install_everythingIsActive() {
        List<Bundle> ours = Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getSymbolicName().startsWith("io.nmr."))
                .toList();
        assertTrue(ours.toString(), ours.size() >= 6);
        ours.forEach(bundle -> assertEquals(bundle.toString(), Bundle.ACTIVE, bundle.getState()));
    }

    @Test
    public void everyFeature_installs() throws Exception {
        List<String> names = Arrays.stream(features.listFeatures())
                .map(Feature::getName)
                .filter(name -> name.startsWith("nmr"))
                .toList();
        assertTrue(names.toString(), names.containsAll(List.of(
                "nmr", "nmr-shell", "nmr-jmx", "nmr-health", "nmr-metrics", "nmr-gateway", "nmr-samples")));
        for (String name : names) {
            features.installFeature(name);
        }
        features_install_everythingIsActive();
        assertTrue(ManagementFactory.getPlatformMBeanServer().isRegistered(new ObjectName("io.nmr:type=Registrar")));
        for (String tool : List.of("nmr-shell", "nmr-jmx", "nmr-health", "nmr-metrics")) {
            features.uninstallFeature(tool);
        }
    }

    @Test
    public void commands_print() throws Exception {
        features.installFeature("nmr-shell");
        Await.until("the modules", () -> run("nmr:modules").contains("i.n.s.provider"), () -> run("nmr:modules"));
        String bindings = run("nmr:bindings");
        assertTrue(bindings, bindings.contains("i.n.s.client") && bindings.contains("attached"));
        features.uninstallFeature("nmr-shell");
    }

    private String run(String command) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        Session session = sessions.create(InputStream.nullInputStream(), out, out);
        try {
            session.execute(command);
        } catch (Exception e) {
            out.println(e);
        } finally {
            session.close();
        }
        return printed.toString(StandardCharsets.UTF_8);
    }

    /** Karaf reads the file when it is saved; the next detach has the new timeout, and the one after its end the old. */
    @Test
    public void configuration_fromEtc_takesEffect() throws Exception {
        Path file = Path.of(System.getProperty("karaf.etc"), "io.nmr.registrar.cfg");
        Files.writeString(file, "nmr.detach.timeout = 1\n");
        try {
            log.await("NMR104", record -> record.contains("detach timeout 1 ms"));
            List<FutureTask<String>> requests = requestsInProgress();
            bundles(PROVIDER).get(0).stop();
            log.await("NMR202", record -> record.contains(PROVIDER));
            requests.forEach(request -> assertThrows("cut", ExecutionException.class, request::get));
        } finally {
            Files.delete(file);
        }
        log.await("NMR104", record -> record.contains("detach timeout 20000 ms"));
        log = KarafLog.fromHere();
    }

    @Test
    public void samples_answerHttp() throws Exception {
        String answer = gateway().lookup();
        assertTrue(answer, answer.contains("\"prefix\":\"192.0.2.0/24\""));
        assertTrue(answer, answer.contains("\"provider\":1"));
    }

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

    private List<FutureTask<String>> requestsInProgress() throws Exception {
        Gateway gateway = gateway();
        List<FutureTask<String>> requests = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            FutureTask<String> request = new FutureTask<>(gateway::lookup);
            requests.add(request);
            new Thread(request, "request-" + i).start();
        }
        Await.until("four requests in progress", () -> gateway.hasInProgress(4));
        return requests;
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
