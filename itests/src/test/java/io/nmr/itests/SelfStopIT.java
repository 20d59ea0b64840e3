package io.nmr.itests;

import static io.nmr.itests.kit.Moment.CALL_END;
import static io.nmr.itests.kit.Moment.CLEANUP_END;
import static io.nmr.itests.kit.Moment.DETACH_END;
import static io.nmr.itests.kit.Moment.GOES_ON;
import static io.nmr.itests.kit.Moment.STOP;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.nmr.api.NetworkModuleRegistrar;
import io.nmr.api.NmrStatus;
import io.nmr.api.NpiId;
import io.nmr.api.ProviderRegistration;
import io.nmr.itests.kit.Await;
import io.nmr.itests.kit.Hold;
import io.nmr.itests.kit.Publishing;
import io.nmr.itests.kit.Running;
import io.nmr.itests.kit.Stage;
import io.nmr.itests.kit.Stage.Action;
import io.nmr.itests.kit.TestClient;
import io.nmr.itests.kit.TestProvider;
import io.nmr.itests.kit.TypedClient;
import io.nmr.itests.kit.TypedProvider;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * A stop asked for inside a tracked call or a callback of a binding that it would wait for: C6, O2. It is told at once,
 * with the stack, and goes on; the binding detaches when the call returns. The detach timeout is longer than any test may
 * take.
 */
public class SelfStopIT extends TypedTest {

    private TypedClient client;
    private TypedProvider provider;
    private Bundle clients;
    private Bundle providers;

    private void bind() {
        stage.expect("NMR202", "NMR403");
        client = client("C");
        provider = provider("P");
        clients = stage.publish("bundle.c", client);
        providers = stage.publish("bundle.p", provider);
    }

    /** Inside the provider's code, in a call of the client's. */
    private void insideACall(Action action) {
        provider.words.later = text -> {
            run(action);
            return CompletableFuture.completedStage(text);
        };
        Running<CompletionStage<String>> call = stage.run("call", () -> client.call(words -> words.later("x")));
        assertEquals("x", join(call.join()));
    }

    private void run(Action action) {
        try {
            action.run();
            journal.add("call", GOES_ON);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Refused at once with the stack of the one who asked; reported with what it would have waited for. */
    private void assertToldAtOnce() {
        StackTraceElement[] stack = stage.log.thrown("NMR403").getStackTrace();
        assertTrue(Arrays.toString(stack), Arrays.stream(stack)
                .anyMatch(frame -> frame.getClassName().startsWith(SelfStopIT.class.getName())));
        String overdue = stage.log.only("NMR202");
        assertTrue(overdue, overdue.contains("owes its completion") && overdue.contains("SelfStopIT"));
        awaitDetaching(client, provider);
    }

    @Test
    public void deadlockA_stopOfTheProviderInsideACallOfIt_goesOnAtOnce() {
        bind();
        insideACall(() -> providers.stop());
        assertToldAtOnce();
        journal.assertOrder(STOP.of("bundle.p"), GOES_ON.of("call"));
    }

    @Test
    public void deadlockA_stopOfTheClientInsideItsOwnCall_goesOnAtOnce() {
        bind();
        insideACall(() -> clients.stop());
        assertToldAtOnce();
        journal.assertOrder(STOP.of("bundle.c"), GOES_ON.of("call"));
    }

    @Test
    public void deadlockA_uninstallInsideACall_goesOnAtOnce() {
        bind();
        insideACall(() -> providers.uninstall());
        assertToldAtOnce();
        assertEquals(Bundle.UNINSTALLED, providers.getState());
    }

    @Test
    public void deadlockA_updateInsideACall_goesOnAtOnce_andTheNewOneBinds() {
        bind();
        TypedProvider next = provider("P2");
        Publishing plan = new Publishing(journal, "bundle.p2", next);
        insideACall(() -> providers.update(Stage.jar("bundle.p", "2.0.0", plan)));
        assertEquals(1, stage.log.all("NMR202").size());
        assertEquals("P2:x", client.say("x"));
    }

    @Test
    public void deadlockA_stopInsideACallback_goesOnAtOnce() {
        bind();
        Hold hold = stage.hold("the callback");
        client.ear.heard = hold;
        hold.release();
        Running<String> tell = stage.run("tell", () -> {
            String[] answer = new String[1];
            provider.forEachClient(listener -> {
                answer[0] = listener.heard("x");
                run(() -> clients.stop());
            });
            return answer[0];
        });
        assertEquals("C:x", tell.join());
        assertToldAtOnce();
        journal.assertOrder(STOP.of("bundle.c"), GOES_ON.of("call"));
    }

    @Test
    public void deadlockA_stopOfTheRegistrarInsideACall_goesOnAtOnce() throws Exception {
        bind();
        insideACall(() -> registrarBundle().stop());
        registrarBundle().start();
        assertEquals(1, stage.log.all("NMR202").size());
        assertEquals("P:x", client.say("x"));
    }

    @Test
    public void deadlockA_unregisterInsideACall_returnsAtOnce_andALaterStopWaitsForTheCall() {
        bind();
        Hold afterwards = stage.hold("the call, after it unregistered");
        Running<Void> caller = stage.act("caller", () -> insideACall(() -> {
            stage.plan(providers).registration(provider).unregister();
            afterwards.pass();
        }));
        afterwards.awaitEntered();
        Running<Void> stop = stage.act("stop", providers::stop);
        stop.awaitWaiting();
        assertEquals(0, journal.count("bundle.p", STOP));
        afterwards.release();
        stop.join();
        caller.join();
        journal.assertOrder(GOES_ON.of("call"), STOP.of("bundle.p"));
    }

    @Test
    public void deadlockA_stopOfAnother_insideACall_waitsForItsBindings() {
        client = client("C");
        provider = provider("P");
        stage.publish("bundle.c", client);
        stage.publish("bundle.p", provider);
        TestClient other = stage.client("C2");
        TestProvider otherProvider = stage.provider("P2");
        stage.publish("bundle.c2", other);
        Bundle others = stage.publish("bundle.p2", otherProvider);
        Running<String> held = stage.heldCall(other, otherProvider);
        Running<Void> caller = stage.act("caller", () -> insideACall(() -> others.stop()));
        journal.awaitEvent("P2", DETACH_END);
        assertEquals(0, journal.count("bundle.p2", STOP));
        otherProvider.echoed.release();
        held.join();
        caller.join();
        journal.assertOrder(CALL_END.of("P2"), STOP.of("bundle.p2"), GOES_ON.of("call"));
    }

    @Test
    public void deadlockD_twoCallsThatStopEachOthersProvider_oneIsToldAtOnce_bothGoOn() throws Exception {
        stage.expect("NMR202", "NMR403");
        NpiId otherNpi = new NpiId(new UUID(3, 3));
        TestClient first = stage.client("C");
        TestClient second = stage.add(new TestClient(journal, "C2", otherNpi));
        stage.publish("bundle.c", first);
        stage.publish("bundle.c2", second);
        Bundle one = stage.publish("bundle.p", stage.provider("P"));
        Bundle other = stage.publish("bundle.p2", stage.add(new TestProvider(journal, "P2", otherNpi)));
        Hold both = stage.hold("both calls", 2);
        Running<Void> call1 = stage.act("call1", () -> first.bound().tracked(() -> {
            both.pass();
            other.stop();
        }));
        Running<Void> call2 = stage.act("call2", () -> second.bound().tracked(() -> {
            both.pass();
            one.stop();
        }));
        both.awaitEntered();
        both.release();
        call1.join();
        call2.join();
        assertEquals(1, stage.log.all("NMR403").size());
        assertEquals(1, stage.log.all("NMR202").size());
        assertFalse(stage.log.thrown("NMR403").getStackTrace().length == 0);
        assertEquals(1, journal.count("bundle.p", STOP));
        assertEquals(1, journal.count("bundle.p2", STOP));
        journal.awaitEvent("C", CLEANUP_END);
        journal.awaitEvent("C2", CLEANUP_END);
    }

    @Test
    public void trap10_stopOfTheOwnBundleInsideItsDetachCallback_isToldAtOnce() {
        stage.expect("NMR202", "NMR403");
        TestClient user = stage.client("C");
        TestProvider stops = stage.provider("P");
        stage.publish("bundle.c", user);
        Bundle bundle = stage.publish("bundle.p", stops);
        stops.inDetach = bound -> run(() -> bundle.stop());
        Running<Void> unregister = stage.act("unregister",
                () -> stage.plan(bundle).registration(stops).unregister());
        unregister.join();
        assertEquals(1, journal.count("bundle.p", STOP));
        assertEquals(1, stage.log.all("NMR403").size());
        journal.awaitEvent("P", CLEANUP_END);
    }

    @Test
    public void trap10_stopOfTheOtherSidesBundle_insideADetachCallback_isToldAtOnce() {
        stage.expect("NMR202", "NMR403");
        TestClient user = stage.client("C");
        Bundle its = stage.publish("bundle.c", user);
        Bundle bundle = stage.publish("bundle.p", stage.provider("P"));
        user.inDetach = bound -> run(() -> its.stop());
        stage.act("stop", bundle::stop).join();
        Await.until("C's bundle has stopped", () -> journal.count("bundle.c", STOP) == 1, journal);
        journal.awaitEvent("C", CLEANUP_END);
        assertEquals(1, stage.log.all("NMR403").size());
    }

    /** A refresh runs on a thread of the framework's: whoever asks for it does not wait, and it waits for the call. */
    @Test
    public void deadlockA_refreshAskedForInsideACall_drainsWhenTheCallReturns() throws Exception {
        client = client("C");
        provider = provider("P");
        stage.publish("bundle.c", client);
        providers = stage.publish("bundle.p", provider);
        CountDownLatch refreshed = new CountDownLatch(1);
        insideACall(() -> {
            stage.system().adapt(FrameworkWiring.class).refreshBundles(Set.of(providers), event -> {
                if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
                    refreshed.countDown();
                }
            });
            awaitDetaching(client, provider);
        });
        Await.until("refreshed", () -> refreshed.getCount() == 0, journal);
        journal.assertOrder(GOES_ON.of("call"), STOP.of("bundle.p"));
        assertEquals(1, stage.log.all("NMR201").size());
        assertEquals("P:x", client.say("x"));
    }

    @Test
    public void C6_waitWithAHandle_insideATypedCall_isRefusedAtOnce() {
        stage.expect("NMR403");
        client = client("C");
        provider = provider("P");
        stage.publish("bundle.c", client);
        BundleContext owner = stage.publish("bundle.p").getBundleContext();
        NetworkModuleRegistrar registrar =
                owner.getService(owner.getServiceReference(NetworkModuleRegistrar.class));
        ProviderRegistration handle = registrar.registerProvider(provider);
        insideACall(() -> {
            assertEquals(NmrStatus.PENDING, registrar.deregisterProvider(handle));
            assertEquals(NmrStatus.POSSIBLE_DEADLOCK,
                    registrar.waitForProviderDeregisterComplete(handle, Duration.ofMinutes(1)));
        });
        assertEquals(NmrStatus.SUCCESS, registrar.waitForProviderDeregisterComplete(handle, Duration.ofMinutes(1)));
        StackTraceElement[] stack = stage.log.thrown("NMR403").getStackTrace();
        assertTrue(Arrays.toString(stack), Arrays.stream(stack)
                .anyMatch(frame -> frame.getClassName().startsWith(SelfStopIT.class.getName())));
        assertEquals(1, stage.log.all("NMR403").size());
    }
}
