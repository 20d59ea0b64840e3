package io.nmr.itests;

import static io.nmr.itests.kit.Moment.ATTACH;
import static io.nmr.itests.kit.Moment.ATTACH_END;
import static io.nmr.itests.kit.Moment.CLEANUP;
import static io.nmr.itests.kit.Moment.CLEANUP_END;
import static io.nmr.itests.kit.Moment.DETACH;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.nmr.api.AttachResult;
import io.nmr.api.NmrStatus;
import io.nmr.itests.kit.TestClient;
import io.nmr.itests.kit.TestProvider;
import java.util.ArrayList;
import java.util.List;
import org.junit.Test;
import org.osgi.framework.Bundle;

/** The handshake between bundles: A. */
public class HandshakeIT extends RegistrarTest {

    @Test
    public void A2_clientRefuses_noBinding_noDetach_noCleanup() throws Exception {
        TestClient client = stage.client("C");
        client.attach = bound -> NmrStatus.NOINTERFACE;
        Bundle bundle = stage.publish("bundle.c", client);
        stage.publish("bundle.p", stage.provider("P"));
        journal.only("C", ATTACH_END);
        assertEquals(0, journal.count("P", ATTACH));
        bundle.stop();
        assertEquals(0, journal.count("C", DETACH) + journal.count("C", CLEANUP));
    }

    @Test
    public void A5_providerRefuses_clientGetsItsStatus_noCleanup() throws Exception {
        NmrStatus why = new NmrStatus(0xC0001234);
        TestClient client = stage.client("C");
        TestProvider provider = stage.provider("P");
        provider.attach = bound -> new AttachResult.Refused(why);
        List<NmrStatus> answers = new ArrayList<>();
        client.attach = bound -> {
            answers.add(client.attach(bound, bound).status());
            return answers.get(0);
        };
        stage.publish("bundle.c", client);
        Bundle bundle = stage.publish("bundle.p", provider);
        assertEquals(List.of(why), answers);
        bundle.stop();
        assertEquals(0, journal.count("C", DETACH) + journal.count("C", CLEANUP));
        assertEquals(0, journal.count("P", DETACH) + journal.count("P", CLEANUP));
    }

    @Test
    public void A6_refusedWithOneDispatch_retriesWithAnother() throws Exception {
        TestClient client = stage.client("C");
        TestProvider provider = stage.provider("P");
        provider.attach = bound -> bound.dispatch.equals("version 2")
                ? new AttachResult.Refused(NmrStatus.NOINTERFACE)
                : provider.accept(bound);
        client.attach = bound -> {
            AttachResult first = client.attach(bound, "version 2");
            assertEquals(new AttachResult.Refused(NmrStatus.NOINTERFACE), first);
            return client.attach(bound, "version 1").status();
        };
        stage.publish("bundle.c", client);
        Bundle bundle = stage.publish("bundle.p", provider);
        assertEquals("P:x", client.call("x"));
        assertEquals("version 1", provider.bound().dispatch);
        bundle.stop();
        journal.only("C", CLEANUP_END);
        journal.only("P", CLEANUP_END);
    }

    @Test
    public void A11_clientFailsAfterTheProviderAccepted_bothAreDetached_andTheLogSaysWho() {
        stage.expect("NMR402");
        TestClient client = stage.client("C");
        client.attach = bound -> {
            client.attach(bound);
            return NmrStatus.INSUFFICIENT_RESOURCES;
        };
        stage.publish("bundle.c", client);
        stage.publish("bundle.p", stage.provider("P"));
        journal.awaitEvent("C", CLEANUP_END);
        journal.awaitEvent("P", CLEANUP_END);
        journal.assertOrder(DETACH.of("C"), CLEANUP_END.of("C"));
        String blamed = stage.log.only("NMR402");
        assertTrue(blamed, blamed.contains("A11") && blamed.contains("of bundle.c 1.0.0"));
    }

    @Test
    public void A11_clientThrowsFromAttach_startOfItsBundleSucceeds_othersAreServed() {
        stage.expect("NMR401");
        TestClient bad = stage.client("bad");
        bad.inAttach = bound -> {
            throw new IllegalStateException("not me");
        };
        TestClient client = stage.client("C");
        stage.publish("bundle.p", stage.provider("P"));
        Bundle bundle = stage.publish("bundle.c", bad, client);
        assertEquals(Bundle.ACTIVE, bundle.getState());
        assertEquals("P:x", client.call("x"));
        String blamed = stage.log.only("NMR401");
        assertTrue(blamed, blamed.contains("not me") && blamed.contains("of bundle.c 1.0.0"));
    }
}
