package io.nmr.itests;

import static io.nmr.itests.kit.Moment.ATTACH;
import static io.nmr.itests.kit.Moment.CALL_END;
import static io.nmr.itests.kit.Moment.CLEANUP_END;
import static io.nmr.itests.kit.Moment.DETACH_PENDING;
import static io.nmr.itests.kit.Moment.HEAR_END;
import static io.nmr.itests.kit.Moment.RETURNED;
import static io.nmr.itests.kit.Moment.STOP;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import io.nmr.itests.kit.Await;
import io.nmr.itests.kit.Platform;
import io.nmr.itests.kit.Running;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/** The registrar's own bundle: its stop and start (O4), and what it imports. */
public class RegistrarBundleIT extends BoundTest {

    @Test
    public void O4_stopOfRegistrar_waitsForCallsInProgress_thenStartBindsEverybodyAgain() throws BundleException {
        bind();
        Running<String> call = stage.heldCall(client, provider);
        Running<Boolean> tell = stage.heldTell(provider, client);
        Running<Void> stop = stage.act("stop", registrarBundle()::stop);
        journal.awaitEvent("C", DETACH_PENDING);
        stop.awaitWaiting();
        assertNull(client.call("more"));
        provider.echoed.release();
        call.join();
        stop.awaitWaiting();
        client.heard.release();
        tell.join();
        stop.join();
        journal.assertOrder(CALL_END.of("P"), HEAR_END.of("C"), CLEANUP_END.of("C"), RETURNED.of("stop"));
        journal.assertOrder(HEAR_END.of("C"), CLEANUP_END.of("P"), RETURNED.of("stop"));
        assertEquals(Bundle.ACTIVE, clients.getState());
        assertEquals(Bundle.ACTIVE, providers.getState());
        assertEquals(1, stage.log.all("NMR102").size());

        registrarBundle().start();
        assertEquals("P:x", client.call("x"));
        assertEquals(2, client.bounds.size());
        assertTrue(stage.log.only("NMR101").contains("60000 ms"));
    }

    @Test
    public void O4_whileTheRegistrarStops_whatIsPublishedIsNotOffered() throws BundleException {
        stage.expect("NMR114");
        bind();
        Running<String> call = stage.heldCall(client, provider);
        Running<Void> stop = stage.act("stop", registrarBundle()::stop);
        stop.awaitWaiting();
        stage.publish("bundle.late", stage.provider("late"));
        assertEquals(0, journal.count("late", ATTACH));
        provider.echoed.release();
        call.join();
        stop.join();
        registrarBundle().start();
        assertEquals("offered once it runs again", 1, journal.count("late", ATTACH));
    }

    @Test
    public void O4_moduleBundleStops_whileTheRegistrarStops_bothWait() {
        bind();
        Running<String> call = stage.heldCall(client, provider);
        Running<Void> first = stage.act("stop1", registrarBundle()::stop);
        first.awaitWaiting();
        Running<Void> second = stage.act("stop2", providers::stop);
        second.awaitWaiting();
        provider.echoed.release();
        call.join();
        first.join();
        second.join();
        journal.assertOrder(CALL_END.of("P"), CLEANUP_END.of("P"), STOP.of("bundle.p"), RETURNED.of("stop2"));
        journal.assertOrder(CALL_END.of("P"), CLEANUP_END.of("C"), RETURNED.of("stop1"));
    }

    @Test
    public void O4_withoutRegistrar_bundlesStartAndStop_thenAreBound() throws BundleException {
        registrarBundle().stop();
        bind();
        assertNull(client.call("x"));
        providers.stop();
        providers.start();
        registrarBundle().start();
        assertEquals("P:x", client.call("x"));
        assertEquals(1, client.bounds.size());
    }

    @Test
    public void O4_stoppedRegistrar_leavesNoThread() throws BundleException {
        bind();
        for (int i = 0; i < 10; i++) {
            assertEquals("P:x", client.call("x"));
            registrarBundle().stop();
            Await.until("no thread nmr-* is left", () -> registrarThreads().isEmpty(), registrarThreads());
            registrarBundle().start();
        }
        assertFalse(registrarThreads().isEmpty());
        assertEquals(11, client.bounds.size());
    }

    private static List<String> registrarThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("nmr-"))
                .toList();
    }

    @Test
    public void layout_theFrameworkIsTheOneThatThisRunIsFor() {
        assertEquals(System.getProperty("itests.framework"), Platform.of(context).name().toLowerCase(Locale.ROOT));
    }

    @Test
    public void layout_theRegistrarImportsNothingOfOsgiButTheFramework() {
        List<String> osgi = imports(registrarBundle())
                .filter(name -> name.startsWith("org.osgi") && !name.startsWith("org.osgi.service."))
                .toList();
        assertFalse(osgi.isEmpty());
        osgi.forEach(name -> assertTrue(
                name, name.startsWith("org.osgi.framework") || name.equals("org.osgi.util.tracker")));
        assertEquals("and nothing but the API beside it", List.of("io.nmr.api", "io.nmr.api.runtime"),
                imports(registrarBundle()).filter(name -> !name.startsWith("org.osgi")
                        && !name.startsWith("java.")).toList());
        assertTrue("Config Admin may be there", registrarBundle().getHeaders().get("Import-Package")
                .contains("org.osgi.service.cm;version=\"[1.6,2)\";resolution:=optional"));
        assertTrue("Event Admin may be there", registrarBundle().getHeaders().get("Import-Package")
                .contains("org.osgi.service.event;version=\"[1.4,2)\";resolution:=optional"));
        assertEquals("and no other service", 2, imports(registrarBundle())
                .filter(name -> name.startsWith("org.osgi.service.")).count());
        assertNull("it exports nothing", registrarBundle().getHeaders().get("Export-Package"));
    }

    @Test
    public void layout_theApiImportsNoOsgi() {
        Bundle api = Arrays.stream(context.getBundles())
                .filter(bundle -> "io.nmr.api".equals(bundle.getSymbolicName()))
                .findFirst()
                .orElseThrow();
        assertEquals(List.of(), imports(api).filter(name -> name.startsWith("org.osgi")).toList());
        assertTrue(api.getHeaders().get("Export-Package").startsWith("io.nmr.api;"));
    }

    private static Stream<String> imports(Bundle bundle) {
        String header = bundle.getHeaders().get("Import-Package");
        return header == null
                ? Stream.of()
                : Arrays.stream(header.replaceAll("\"[^\"]*\"", "").split(",")).map(clause -> clause.split(";")[0].trim());
    }
}
