package io.nmr.karaf;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Principal;
import java.security.PrivilegedAction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import javax.inject.Inject;
import javax.management.ObjectName;
import javax.security.auth.Subject;
import org.apache.karaf.features.Feature;
import org.apache.karaf.jaas.boot.principal.RolePrincipal;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.junit.Test;
import org.osgi.framework.Bundle;

/** What a user of Karaf does at its console and in its etc folder. */
public class ConsoleIT extends KarafTest {

    @Inject
    private SessionFactory sessions;

    @Test
    public void features_install_everythingIsActive() {
        List<Bundle> ours = Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getSymbolicName().startsWith("io.nmr."))
                .toList();
        assertTrue(ours.toString(), ours.size() >= 6);
        ours.forEach(bundle -> assertEquals(bundle.toString(), Bundle.ACTIVE, bundle.getState()));
    }

    @Test
    public void samples_answerHttp() throws Exception {
        String answer = gateway().lookup();
        assertTrue(answer, answer.contains("\"prefix\":\"192.0.2.0/24\""));
        assertTrue(answer, answer.contains("\"provider\":1"));
    }

    /** The lines that the guide has for a Karaf that one has, typed as they stand there but for where the KAR is. */
    @Test
    public void linesOfTheGuide_installIt() throws Exception {
        features.uninstallFeature("nmr-samples");
        features.uninstallFeature("nmr");
        features.removeRepository(repository());
        StringBuilder printed = new StringBuilder();
        for (String line : firstListing(Path.of(System.getProperty("guide"), "karaf.md"))) {
            printed.append(run(line.replaceFirst("file:\\S+\\.kar", Path.of(System.getProperty("kar.file")).toUri().toString())));
        }
        assertEquals(printed.toString(), 1, bundles(PROVIDER).size());
        samples_answerHttp();
    }

    private static List<String> firstListing(Path document) throws IOException {
        return Files.readAllLines(document).stream()
                .dropWhile(line -> !line.equals("```"))
                .skip(1)
                .takeWhile(line -> !line.equals("```"))
                .toList();
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
        return Subject.doAs(administrator(), (PrivilegedAction<String>) () -> printedBy(command));
    }

    private static Subject administrator() {
        Set<Principal> roles = Set.of(new RolePrincipal("admin"), new RolePrincipal("manager"), new RolePrincipal("viewer"));
        return new Subject(true, roles, Set.of(), Set.of());
    }

    private String printedBy(String command) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        try (Session session = sessions.create(InputStream.nullInputStream(), out, out)) {
            session.execute(command);
        } catch (Exception e) {
            out.println(e);
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
}
