package io.nmr.itests;

import static io.nmr.itests.kit.Moment.ATTACH_END;
import static io.nmr.itests.kit.Moment.CLEANUP_END;
import static io.nmr.itests.kit.Moment.DETACH_PENDING;
import static io.nmr.itests.kit.Moment.RETURNED;
import static io.nmr.itests.kit.Moment.STOP;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;

import io.nmr.api.NpiId;
import io.nmr.itests.kit.Await;
import io.nmr.itests.kit.Hold;
import io.nmr.itests.kit.Publishing;
import io.nmr.itests.kit.Running;
import io.nmr.itests.kit.TestClient;
import io.nmr.itests.kit.TestProvider;
import java.util.Hashtable;
import java.util.Map;
import java.util.UUID;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;

/**
 * What is held up while the registrar lets a thread of the framework's wait: an offer under the lock of a bundle that
 * starts (deadlock f), and a drain on the thread that changes the start level (deadlock g).
 */
public class StartLockIT extends BoundTest {

    private static final NpiId OTHER = new NpiId(new UUID(9, 9));

    /** Another pair binds, and its provider goes. */
    private void assertOthersGoOn() throws Exception {
        TestClient other = stage.add(new TestClient(journal, "C2", OTHER));
        stage.publish("bundle.c2", other);
        Bundle others = stage.publish("bundle.p2", stage.add(new TestProvider(journal, "P2", OTHER)));
        assertEquals("P2:x", other.call("x"));
        stage.act("stop others", others::stop).join();
        journal.assertOrder(CLEANUP_END.of("C2"), STOP.of("bundle.p2"));
    }

    /** Starts the provider's bundle, which is held in the client's attach callback. */
    private Running<Void> startHeld(Hold attach) {
        client = stage.client("C");
        clients = stage.publish("bundle.c", client);
        provider = stage.provider("P");
        providers = stage.install("bundle.p", new Publishing(journal, "bundle.p", provider));
        client.inAttach = bound -> attach.pass();
        Running<Void> start = stage.act("start", providers::start);
        attach.awaitEntered();
        return start;
    }

    @Test
    public void deadlockF_attachCallback_underTheStartLockOfTheRegisteringBundle_holdsUpThatBundleAlone() throws Exception {
        Hold attach = stage.hold("the attach callback");
        Running<Void> start = startHeld(attach);
        assertOthersGoOn();
        Running<Void> stop = stage.act("stop", providers::stop);
        stop.awaitNotRunning();
        assertFalse(stop.isDone());
        attach.release();
        start.join();
        stop.join();
        journal.assertOrder(ATTACH_END.of("C"), RETURNED.of("start"));
        journal.assertOrder(CLEANUP_END.of("C"), STOP.of("bundle.p"));
    }

    @Test
    public void deadlockF_stopOfTheOtherBundle_whileItIsOffered_waitsForItsAttachCallback() {
        Hold attach = stage.hold("the attach callback");
        Running<Void> start = startHeld(attach);
        Running<Void> stop = stage.act("stop", clients::stop);
        stop.awaitWaiting();
        attach.release();
        start.join();
        stop.join();
        journal.assertOrder(ATTACH_END.of("C"), STOP.of("bundle.c"));
    }

    @Test
    public void deadlockF_stopInsideTheAttachCallback_underTheStartLock_isToldAtOnce() {
        stage.expect("NMR202", "NMR403");
        client = stage.client("C");
        clients = stage.publish("bundle.c", client);
        provider = stage.provider("P");
        client.inAttach = bound -> {
            try {
                clients.stop();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        };
        providers = stage.publish("bundle.p", provider);
        assertEquals(1, journal.count("bundle.c", STOP));
        assertEquals(1, stage.log.all("NMR403").size());
        assertEquals(Bundle.ACTIVE, providers.getState());
    }

    private FrameworkStartLevel startLevel() {
        return stage.system().adapt(FrameworkStartLevel.class);
    }

    private void moveTo(int level) {
        startLevel().setStartLevel(level);
        Await.until("start level " + level, () -> startLevel().getStartLevel() == level, journal);
    }

    /** The bundle of the provider goes first, with a call in progress, and then another. */
    private Bundle fallingLevels(int level, Hashtable<String, Object> properties) {
        moveTo(level + 2);
        client = stage.client("C");
        clients = stage.publish("bundle.c", client);
        provider = stage.provider("P");
        providers = stage.publish("bundle.p");
        stage.plan(providers).publish(provider, properties);
        providers.adapt(BundleStartLevel.class).setStartLevel(level + 2);
        Bundle next = stage.publish("bundle.next");
        next.adapt(BundleStartLevel.class).setStartLevel(level + 1);
        return next;
    }

    @Test
    public void deadlockG_slowDrainOnTheStartLevelThread_holdsUpThatThreadAlone() throws Exception {
        int level = startLevel().getStartLevel();
        Bundle next = fallingLevels(level, new Hashtable<>());
        Running<String> call = stage.heldCall(client, provider);
        startLevel().setStartLevel(level);
        journal.awaitEvent("C", DETACH_PENDING);
        assertOthersGoOn();
        assertEquals("it waits for its turn", Bundle.ACTIVE, next.getState());
        provider.echoed.release();
        call.join();
        journal.awaitEvent("bundle.next", STOP); // Equinox has the new level before
        journal.assertOrder(CLEANUP_END.of("C"), STOP.of("bundle.p"), STOP.of("bundle.next"));
    }

    @Test
    public void deadlockG_stuckDrainOnTheStartLevelThread_holdsItUpUntilTheTimeout() throws Exception {
        stage.expect("NMR202");
        int level = startLevel().getStartLevel();
        fallingLevels(level, new Hashtable<>(Map.of("nmr.detach.timeout", 300L)));
        int call = client.bound().closer.gate().enter();
        moveTo(level);
        journal.awaitEvent("bundle.next", STOP);
        journal.assertOrder(STOP.of("bundle.p"), STOP.of("bundle.next"));
        assertEquals(1, stage.log.all("NMR202").size());
        client.bound().closer.gate().exit(call);
    }
}
