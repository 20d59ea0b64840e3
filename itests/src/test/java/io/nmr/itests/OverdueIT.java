package io.nmr.itests;

import static io.nmr.itests.kit.Moment.ATTACHED;
import static io.nmr.itests.kit.Moment.CLEANUP;
import static io.nmr.itests.kit.Moment.CLEANUP_END;
import static io.nmr.itests.kit.Moment.DETACH;
import static io.nmr.itests.kit.Moment.STOP;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

import io.nmr.api.CallGate;
import io.nmr.api.NetworkModuleRegistrar;
import io.nmr.api.NmrStatus;
import io.nmr.api.NpiId;
import io.nmr.api.ProviderRegistration;
import io.nmr.itests.kit.Await;
import io.nmr.itests.kit.Hold;
import io.nmr.itests.kit.PublishingByFactory;
import io.nmr.itests.kit.Running;
import io.nmr.itests.kit.TestClient;
import io.nmr.itests.kit.TestProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;

/** The detach timeout passes: what is named, what goes on, what comes late (O3). */
public class OverdueIT extends OverdueTest {

    @Test
    public void O3_overdue_namesTheBindingTheSideAndHowLong_andTheStopGoesOn() {
        bind();
        CallGate gate = client.bound().closer.gate();
        int call = gate.enter();
        long took = stop(providers);
        assertTrue(took + " ms", took >= TIMEOUT_MS && took < BOUNDED_MS);
        assertEquals(1, journal.count("bundle.p", STOP));
        assertEquals(Bundle.RESOLVED, providers.getState());
        assertEquals(0, journal.count("P", CLEANUP));

        String overdue = stage.log.only("NMR202");
        assertTrue(overdue, overdue.contains("bundle.p 1.0.0"));
        Matcher named = Pattern.compile("binding \\d+ for (\\d+) ms: client \\d+ \\(.*\\) of bundle\\.c 1\\.0\\.0 \\["
                + clients.getBundleId() + "] owes its completion "
                + "\\(calls in progress 1, of which 1 counted, without a thread\\)$").matcher(overdue);
        assertTrue(overdue, named.find());
        long detachingFor = Long.parseLong(named.group(1)); // the deadline counts from the stop, this from the detach
        assertTrue(overdue, detachingFor > 0 && detachingFor <= took);
        gate.exit(call);
        journal.awaitEvent("C", CLEANUP_END);
        journal.awaitEvent("P", CLEANUP_END);
        journal.assertOrder(STOP.of("bundle.p"), CLEANUP.of("C"), CLEANUP_END.of("C"));
        journal.assertOrder(STOP.of("bundle.p"), CLEANUP.of("P"), CLEANUP_END.of("P"));
    }

    @Test
    public void O3_bothSidesOwe_bothAreNamed() {
        bind();
        CallGate first = client.bound().closer.gate();
        CallGate second = provider.bound().closer.gate();
        int call = first.enter();
        int tell = second.enter();
        int more = second.enter();
        stop(clients);
        String overdue = stage.log.only("NMR202");
        assertTrue(overdue, overdue.matches(".*of bundle\\.c .* owes its completion "
                + "\\(calls in progress 1, of which 1 .*\\) and "
                + "provider .* of bundle\\.p .* owes its completion \\(calls in progress 2, of which 2 .*\\)$"));
        first.exit(call);
        second.exit(tell);
        assertEquals(0, journal.count("C", CLEANUP));
        second.exit(more);
    }

    @Test
    public void O3_severalStuckModules_oneDeadline_oneRecordNamesEachBinding() {
        List<TestClient> users = new ArrayList<>();
        List<TestProvider> offered = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            NpiId npi = new NpiId(new UUID(2, i));
            users.add(stage.add(new TestClient(journal, "C" + i, npi)));
            offered.add(stage.add(new TestProvider(journal, "P" + i, npi)));
        }
        clients = stage.publish("bundle.c", users.toArray(TestClient[]::new));
        providers = stage.publish("bundle.p", offered.toArray(TestProvider[]::new));
        users.forEach(user -> user.bound().closer.gate().enter());
        long took = stop(providers);
        assertTrue(took + " ms", took < BOUNDED_MS);
        String overdue = stage.log.only("NMR202");
        assertEquals(overdue, 3, overdue.split("owes its completion", -1).length - 1);
        users.forEach(user -> user.bound().closer.gate().exit(0));
    }

    @Test
    public void O3_bundleStartedAgain_bindsAnew_besideTheOldBinding() throws BundleException {
        bind();
        CallGate old = client.bound().closer.gate();
        int call = old.enter();
        stop(providers);
        providers.start();
        assertEquals(2, client.bounds.size());
        assertEquals("P:x", client.bounds.get(1).call("x"));
        assertEquals("the old stays closed", null, client.bounds.get(0).call("x"));
        old.exit(call);
        journal.awaitEvent("C", CLEANUP_END);
        journal.awaitEvent("P", CLEANUP_END);
        assertEquals("the new is not touched", "P:y", client.bounds.get(1).call("y"));
        journal.only("C", CLEANUP);
        stop(providers);
        assertEquals("the new drains, and only the old was overdue", 1, stage.log.all("NMR202").size());
    }

    @Test
    public void O3_otherModulesOfTheBundle_drainInOrder() {
        bind();
        TestProvider second = stage.provider("P2");
        stage.plan(providers).publish(second);
        CallGate stuck = client.bounds.get(0).closer.gate();
        int call = stuck.enter();
        stop(providers);
        journal.assertOrder(CLEANUP_END.of("P2"), STOP.of("bundle.p"));
        assertEquals(0, journal.count("P", CLEANUP));
        String overdue = stage.log.only("NMR202");
        assertTrue(overdue, overdue.contains("modules 2, bindings 2"));
        assertEquals(overdue, 1, overdue.split("owes its completion", -1).length - 1);
        stuck.exit(call);
    }

    @Test
    public void O3_overdueUnregister_goesOn() {
        bind();
        CallGate gate = client.bound().closer.gate();
        int call = gate.enter();
        long begin = System.nanoTime();
        long took = millis(stage.act("unregister",
                () -> stage.plan(providers).registration(provider).unregister()), begin);
        assertTrue(took + " ms", took >= TIMEOUT_MS && took < BOUNDED_MS);
        assertEquals(1, stage.log.all("NMR202").size());
        stop(providers);
        assertEquals("given up once, not waited for again", 1, stage.log.all("NMR202").size());
        gate.exit(call);
    }

    @Test
    public void O3_serviceMadeForItsUser_ofAnOverdueModule_isHeldUntilItsCompletion() throws BundleException {
        client = stage.client("C");
        provider = stage.provider("P");
        clients = stage.start(stage.install("bundle.c", new PublishingByFactory(journal, "bundle.c", client)));
        providers = stage.start(stage.install("bundle.p", new PublishingByFactory(journal, "bundle.p", provider)));
        CallGate gate = client.bound().closer.gate();
        int call = gate.enter();
        stop(registrarBundle());
        assertNotEquals("held", null, users(providers));
        gate.exit(call);
        journal.awaitEvent("C", CLEANUP_END);
        journal.awaitEvent("P", CLEANUP_END);
        Await.until("given back", () -> users(providers) == null && users(clients) == null);
    }

    private static Bundle[] users(Bundle bundle) {
        return bundle.getRegisteredServices()[0].getUsingBundles();
    }

    @Test
    public void O3_overdueStopOfTheRegistrar_lateCompletionCleansUpOnce() throws BundleException {
        bind();
        CallGate gate = client.bound().closer.gate();
        int call = gate.enter();
        long took = stop(registrarBundle());
        assertTrue(took + " ms", took < BOUNDED_MS);
        assertTrue(stage.log.only("NMR202").contains("the registrar goes on stopping"));
        registrarBundle().start();
        assertEquals(2, client.bounds.size());
        gate.exit(call);
        journal.awaitEvent("C", CLEANUP_END);
        journal.awaitEvent("P", CLEANUP_END);
        assertEquals("P:x", client.bounds.get(1).call("x"));
    }

    @Test
    public void O3_lateCompletion_afterTheBundleIsGone_isContained() throws BundleException {
        stage.expect("NMR401");
        bind();
        provider.inCleanup = bound -> {
            throw new IllegalStateException("I am gone");
        };
        CallGate gate = client.bound().closer.gate();
        int call = gate.enter();
        stop(providers);
        providers.uninstall();
        gate.exit(call);
        journal.awaitEvent("C", CLEANUP_END);
        journal.awaitEvent("P", CLEANUP);
    }

    @Test
    public void O3_attachStillUnderWayAtTheDeadline_isDetachedAtOnceWhenItSucceeds() {
        Hold attach = stage.hold("P's attach");
        client = stage.client("C");
        provider = stage.provider("P");
        provider.inAttach = bound -> attach.pass();
        stage.publish("bundle.p", provider);
        Bundle bundle = stage.publish("bundle.c");
        Running<Void> publish = stage.act("publish", () -> stage.plan(bundle).publish(client));
        attach.awaitEntered();
        long took = stop(bundle);
        assertTrue(took + " ms", took < BOUNDED_MS);
        String overdue = stage.log.only("NMR202");
        assertTrue(overdue, overdue.contains("the attachment of client") && overdue.contains("is still under way"));
        attach.release();
        journal.awaitEvent("C", CLEANUP_END);
        journal.awaitEvent("P", CLEANUP_END);
        publish.join();
        journal.assertOrder(STOP.of("bundle.c"), ATTACHED.of("C"), DETACH.of("C"), CLEANUP_END.of("C"));
    }

    @Test
    public void O3_detachCallbackThatBlocks_delaysTheStopUpToTheDeadline_andOthersNotAtAll() {
        bind();
        TestClient other = stage.client("C2");
        stage.publish("bundle.c2", other);
        Hold detach = stage.hold("C's detach");
        client.inDetach = bound -> detach.pass();
        long took = stop(providers);
        assertTrue(took + " ms", took >= TIMEOUT_MS && took < BOUNDED_MS);
        journal.assertOrder(CLEANUP_END.of("C2"), STOP.of("bundle.p"));
        String overdue = stage.log.only("NMR202");
        assertTrue(overdue, overdue.contains("of bundle.c 1.0.0"));
        detach.release();
    }

    @Test
    public void O3_waitWithAHandle_afterTheDeadline_timesOutAtOnce() {
        bind();
        Bundle bundle = stage.publish("bundle.h");
        BundleContext its = bundle.getBundleContext();
        NetworkModuleRegistrar registrar = its.getService(its.getServiceReference(NetworkModuleRegistrar.class));
        TestProvider second = stage.provider("P2");
        ProviderRegistration handle = registrar.registerProvider(second);
        CallGate gate = client.bounds.get(1).closer.gate();
        int call = gate.enter();
        stop(bundle);
        assertEquals(NmrStatus.TIMEOUT, registrar.waitForProviderDeregisterComplete(handle, Duration.ofSeconds(60)));
        gate.exit(call);
        journal.awaitEvent("P2", CLEANUP_END);
        journal.awaitEvent("C", CLEANUP_END);
        handle.deregistration().toCompletableFuture().join();
        assertEquals(NmrStatus.SUCCESS, registrar.waitForProviderDeregisterComplete(handle, Duration.ZERO));
    }
}
