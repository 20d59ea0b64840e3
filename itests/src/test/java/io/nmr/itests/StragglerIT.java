package io.nmr.itests;

import static io.nmr.itests.kit.Moment.CALL_END;
import static io.nmr.itests.kit.Moment.CLEANUP_END;
import static io.nmr.itests.kit.Moment.DETACH_PENDING;
import static io.nmr.itests.kit.Moment.STOP;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotNull;

import io.nmr.api.NetworkModuleRegistrar;
import io.nmr.api.NmrException;
import io.nmr.itests.kit.Running;
import io.nmr.itests.kit.TestClient;
import io.nmr.itests.kit.TestProvider;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/** Modules that unregister themselves in the middle of things, and bundles that use what they should have dropped. */
public class StragglerIT extends RegistrarTest {

    /** A detach callback unregisters its own service while its bundle's stop drains it: the stop goes on waiting. */
    @Test
    public void O2_unregisterInsideOwnDetachCallback_doesNotCutTheStopShort() throws Exception {
        stage.expect("NMR403", "NMR202");
        TestClient client = stage.client("C");
        TestProvider provider = stage.provider("P");
        stage.publish("bundle.c", client);
        Bundle bundle = stage.publish("bundle.p", provider);
        Running<String> call = stage.heldCall(client, provider);
        provider.inDetach = bound -> stage.plan(bundle).registration(provider).unregister();
        Running<Void> stop = stage.act("stop", bundle::stop);
        journal.awaitEvent("C", DETACH_PENDING);
        stop.awaitWaiting();
        long stopped = journal.count("bundle.p", STOP);
        provider.echoed.release();
        call.join();
        stop.join();
        assertEquals("activator stopped while a call was in progress\n" + stage.log.all("NMR202"), 0, stopped);
        journal.assertOrder(CALL_END.of("P"), CLEANUP_END.of("P"), STOP.of("bundle.p"));
    }

    /** A client that unregisters itself in a detach callback has a call in another provider when its bundle stops. */
    @Test
    public void O2_unregisterInsideDetachCallback_theLaterStopStillDrains() throws Exception {
        stage.expect("NMR403", "NMR202");
        TestClient client = stage.client("C");
        TestProvider first = stage.provider("P1");
        TestProvider second = stage.provider("P2");
        Bundle clients = stage.publish("bundle.c", client);
        stage.publish("bundle.p1", first);
        Bundle p2 = stage.publish("bundle.p2", second);
        Running<String> call = stage.heldCall(client, first);   // into P1
        client.inDetach = bound -> {
            client.inDetach = b -> { };
            stage.plan(clients).registration(client).unregister();
        };
        p2.stop();
        Running<Void> stop = stage.act("stop", clients::stop);
        stop.awaitWaiting();
        long stopped = journal.count("bundle.c", STOP);
        first.echoed.release();
        call.join();
        stop.join();
        assertEquals("the client's activator stopped with its call in progress\n" + stage.log.all("NMR202"), 0, stopped);
    }

    /** O6: a thread of an uninstalled bundle that kept the O5 service. */
    @Test
    public void O6_stragglerOfAnUninstalledBundle_registersNothing() throws Exception {
        TestClient client = stage.client("C");
        stage.publish("bundle.c", client);
        Bundle bundle = stage.publish("bundle.p");
        BundleContext context = stage.plan(bundle).context();
        ServiceReference<NetworkModuleRegistrar> reference = context.getServiceReference(NetworkModuleRegistrar.class);
        NetworkModuleRegistrar registrar = context.getService(reference);
        assertNotNull(registrar);
        bundle.stop();
        boolean whileStopped = registers(registrar, "P1");
        bundle.uninstall();
        boolean whenGone = registers(registrar, "P2");
        int bound = client.bounds.size();
        assertFalse("stopped", whileStopped);
        assertFalse("uninstalled: registered, and offered to " + bound + " clients; nothing will ever drain it", whenGone);
    }

    private boolean registers(NetworkModuleRegistrar registrar, String name) {
        try {
            registrar.registerProvider(stage.provider(name));
            return true;
        } catch (NmrException e) {
            return false;
        }
    }
}
