package io.nmr.itests.traps;

import static io.nmr.itests.kit.Moment.ATTACH;
import static io.nmr.itests.kit.Moment.ATTACH_END;
import static io.nmr.itests.kit.Moment.CLEANUP;
import static io.nmr.itests.kit.Moment.CLEANUP_END;
import static io.nmr.itests.kit.Moment.DETACH;
import static io.nmr.itests.kit.Moment.DETACH_END;
import static io.nmr.itests.kit.Moment.STOP;
import static io.nmr.itests.kit.Moment.UNREGISTERED;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import io.nmr.api.AttachResult.Refused;
import io.nmr.api.ClientBindingHandle;
import io.nmr.api.ClientCharacteristics;
import io.nmr.api.ModuleId;
import io.nmr.api.NmrStatus;
import io.nmr.api.NpiId;
import io.nmr.api.RegistrationInstance;
import io.nmr.api.runtime.RegistrarRuntime;
import io.nmr.itests.kit.Echo;
import io.nmr.itests.kit.Hold;
import io.nmr.itests.kit.Running;
import io.nmr.itests.kit.TestClient;
import io.nmr.itests.kit.TestProvider;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceRegistration;

/** Traps on the way in. */
public class AttachTrapsIT extends TrapsTest {

    @Test
    public void Trap01_deregisterWhileAttaching_theDetachIsNotLost() {
        provider = stage.provider("P");
        client = stage.client("C");
        Hold attach = stage.hold("the provider's attach callback");
        provider.inAttach = bound -> attach.pass();
        providers = stage.publish("bundle.p", provider);
        Running<Void> publish = stage.act("publish", () -> stage.publish("bundle.c", client));
        attach.awaitEntered();
        Running<Void> stop = stage.act("stop", providers::stop);
        stop.awaitWaiting();
        attach.release();
        publish.join();
        stop.join();
        journal.assertOrder(ATTACH_END.of("P"), DETACH.of("P"), DETACH_END.of("P"), CLEANUP_END.of("P"),
                STOP.of("bundle.p"));
        journal.assertOrder(ATTACH_END.of("C"), DETACH.of("C"), DETACH_END.of("C"), CLEANUP_END.of("C"),
                STOP.of("bundle.p"));
    }

    @Test
    public void Trap02_attachAfterUnregisterReturned_isNeverDelivered() {
        Bundle own = stage.publish("bundle.own");
        Bundle other = stage.publish("bundle.other");
        for (int round = 0; round < ROUNDS; round++) {
            TestClient leaver = stage.client("C" + round);
            TestProvider comer = stage.provider("P" + round);
            ServiceRegistration<?> leaving = stage.plan(own).publish(leaver);
            together(() -> stage.plan(other).publish(comer), () -> {
                leaving.unregister();
                journal.add(leaver.toString(), UNREGISTERED);
            });
            int unregistered = journal.time(leaver.toString(), UNREGISTERED);
            journal.all(leaver.toString(), ATTACH).forEach(attach ->
                    assertTrue(journal.toString(), attach.time() < unregistered));
            leaver.checkAllGone();
            stage.plan(other).registration(comer).unregister();
        }
    }

    @Test
    public void Trap03_bothPublishedAtOnce_boundOnce() {
        Bundle own = stage.publish("bundle.own");
        Bundle other = stage.publish("bundle.other");
        for (int round = 0; round < ROUNDS; round++) {
            client = stage.client("C" + round);
            provider = stage.provider("P" + round);
            together(() -> stage.plan(own).publish(client), () -> stage.plan(other).publish(provider));
            assertEquals(1, client.bounds.size());
            assertEquals(1, provider.bounds.size());
            assertEquals("P" + round + ":x", client.call("x"));
            stage.plan(own).registration(client).unregister();
            stage.plan(other).registration(provider).unregister();
        }
    }

    @Test
    public void Trap06_providerRefuses_clientsCleanupIsNotCalled() throws Exception {
        TestProvider refusing = stage.provider("P");
        refusing.attach = bound -> new Refused(NmrStatus.INSUFFICIENT_RESOURCES);
        bind(stage.client("C"), refusing);
        providers.stop();
        clients.stop();
        journal.only("C", ATTACH_END);
        journal.only("P", ATTACH_END);
        for (String side : List.of("C", "P")) {
            assertEquals(0, journal.count(side, DETACH));
            assertEquals(0, journal.count(side, CLEANUP));
        }
    }

    @Test
    public void Trap07_clientFailsAfterProviderAccepted_bothGetTheirDetach() throws Exception {
        stage.expect("NMR402");
        TestClient failing = stage.client("C");
        failing.attach = bound -> {
            failing.attach(bound);
            return NmrStatus.INSUFFICIENT_RESOURCES;
        };
        bind(failing, stage.provider("P"));
        journal.awaitEvent("P", CLEANUP_END);
        journal.awaitEvent("C", CLEANUP_END);
        journal.only("P", DETACH);
        journal.only("C", DETACH);
        assertTrue(stage.log.only("NMR402").contains("A11"));
        providers.stop();
    }

    /** Without a context and without a dispatch table. */
    private final class Bare implements ClientCharacteristics {

        @Override
        public RegistrationInstance clientRegistrationInstance() {
            return RegistrationInstance.of(Echo.ID, new ModuleId.InterfaceLuid(8), 1, null);
        }

        @Override
        public NmrStatus attachProvider(ClientBindingHandle handle, Object context, RegistrationInstance instance) {
            return handle.attach(null, null).status();
        }

        @Override
        public NmrStatus detachProvider(Object bindingContext) {
            assertNull(bindingContext);
            journal.add("bare", DETACH);
            return NmrStatus.SUCCESS;
        }

        @Override
        public void cleanupClientBindingContext(Object bindingContext) {
            assertNull(bindingContext);
            journal.add("bare", CLEANUP);
        }
    }

    @Test
    public void Trap08_nullBindingContexts_detachAndCleanupAreNotSkipped() throws Exception {
        providers = stage.publish("bundle.p", stage.provider("P"));
        Bundle bare = stage.publish("bundle.bare");
        stage.plan(bare).context().registerService(ClientCharacteristics.class, new Bare(), null);
        bare.stop();
        journal.assertOrder(DETACH.of("bare"), CLEANUP.of("bare"), STOP.of("bundle.bare"));
        journal.assertOrder(DETACH.of("P"), CLEANUP_END.of("P"), STOP.of("bundle.bare"));
    }

    @Test
    public void Trap14_errorsInTheMiddleOfMatching_leakNothing() throws Exception {
        stage.expect("NMR401");
        for (int i = 0; i < 5; i++) {
            TestClient one = stage.client("C" + i);
            if (i % 2 == 1) {
                one.inAttach = bound -> {
                    throw new LinkageError("in the middle of matching");
                };
            }
            stage.publish("bundle.c" + i, one);
        }
        provider = stage.provider("P");
        providers = stage.publish("bundle.p", provider);
        assertEquals(3, provider.bounds.size());
        providers.stop();
        assertEquals(List.of(), runtime().bindings());
        assertEquals("the clients", 5, runtime().modules().size());
        assertEquals(2, stage.log.all("NMR401").size());
        providers.start();
        assertEquals("offered anew", 2 * 3, provider.bounds.size());
    }

    @Test
    public void Trap15_attachAgain_whenReadyOrFromAnotherThread_changesNothing() {
        stage.expect("NMR402");
        bind();
        ClientBindingHandle handle = client.bound().handle;
        assertEquals(NmrStatus.INVALID_PARAMETER, handle.attach("again", null).status());
        elsewhere(() -> assertEquals(NmrStatus.INVALID_PARAMETER, handle.attach("again", null).status()));
        assertEquals(2, stage.log.all("NMR402").size());
        assertEquals(1, provider.bounds.size());
        assertEquals("P:x", client.call("x"));
    }

    @Test
    public void Trap15_attachFromAnotherThreadInsideTheCallback_changesNothing() {
        stage.expect("NMR402");
        TestClient eager = stage.client("C");
        eager.inAttach = bound -> elsewhere(() ->
                assertEquals(NmrStatus.INVALID_PARAMETER, bound.handle.attach("elsewhere", bound).status()));
        bind(eager, stage.provider("P"));
        journal.only("P", ATTACH);
        assertEquals("P:x", client.call("x"));
        stage.log.only("NMR402");
    }

    /** A provider of an NPI of its own that counts how often it is looked at. */
    private TestProvider stranger(int number, AtomicInteger looks) {
        return stage.add(new TestProvider(journal, "S" + number, new NpiId(new UUID(17, number))) {
            @Override
            public RegistrationInstance providerRegistrationInstance() {
                looks.incrementAndGet();
                return super.providerRegistrationInstance();
            }
        });
    }

    @Test
    public void Trap17_attachAndDetach_lookAtTheModulesOfTheirNpiOnly() throws Exception {
        int strangers = 200;
        AtomicInteger looks = new AtomicInteger();
        Bundle theirs = stage.publish("bundle.strangers");
        for (int i = 0; i < strangers; i++) {
            stage.plan(theirs).publish(stranger(i, looks));
        }
        long offered = runtime().counters().offered();
        bind();
        providers.stop();
        assertEquals("one offer", 1, runtime().counters().offered() - offered);
        assertEquals("each was read when it was registered, and not again", strangers, looks.get());
    }

    private RegistrarRuntime runtime() {
        return context.getService(context.getServiceReference(RegistrarRuntime.class));
    }
}
