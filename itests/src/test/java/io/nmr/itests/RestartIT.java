package io.nmr.itests;

import static io.nmr.itests.kit.Moment.ATTACH;
import static io.nmr.itests.kit.Moment.CALL_END;
import static io.nmr.itests.kit.Moment.CLEANUP_END;
import static io.nmr.itests.kit.Moment.DETACH;
import static io.nmr.itests.kit.Moment.DETACH_PENDING;
import static io.nmr.itests.kit.Moment.FAILED;
import static io.nmr.itests.kit.Moment.RETURNED;
import static io.nmr.itests.kit.Moment.START;
import static io.nmr.itests.kit.Moment.STOP;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;

import io.nmr.itests.kit.Publishing;
import io.nmr.itests.kit.Running;
import io.nmr.itests.kit.Stage;
import io.nmr.itests.kit.TestProvider;
import java.util.ArrayList;
import java.util.List;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;

/** A bundle is updated, is started again, or fails to start (O4). */
public class RestartIT extends BoundTest {

    @Test
    public void O4_updateInPlace_drainsTheOld_thenAttachesTheNew() {
        bind();
        TestProvider next = stage.provider("P2");
        Running<String> call = stage.heldCall(client, provider);
        Publishing plan = new Publishing(journal, "bundle.p2", next);
        Running<Void> update = stage.act(
                "update", () -> providers.update(Stage.jar("bundle.p", "2.0.0", plan)));
        journal.awaitEvent("C", DETACH_PENDING);
        update.awaitWaiting();
        assertNull(client.call("more"));
        provider.echoed.release();
        assertEquals("P:hello", call.join());
        update.join();
        journal.assertOrder(CALL_END.of("P"), CLEANUP_END.of("P"), STOP.of("bundle.p"), START.of("bundle.p2"),
                ATTACH.of("P2"),
                RETURNED.of("update"));
        assertEquals("P2:x", client.call("x"));
        assertEquals("2.0.0", providers.getVersion().toString());
    }

    @Test
    public void O4_updatedBundleStops_isDrainedToo() throws BundleException {
        O4_updateInPlace_drainsTheOld_thenAttachesTheNew();
        providers.stop();
        journal.assertOrder(DETACH.of("P2"), CLEANUP_END.of("P2"), STOP.of("bundle.p2"));
    }

    @Test
    public void O4_startAfterStop_attachesAnew() throws BundleException {
        bind();
        providers.stop();
        assertNull(client.call("x"));
        providers.start();
        assertEquals("P:x", client.call("x"));
        clients.stop();
        clients.start();
        assertEquals("P:y", client.call("y"));
        assertEquals(3, client.bounds.size());
    }

    @Test
    public void O4_failedStart_drainsWhatWasPublished_nothingStaysAttached() {
        client = stage.client("C");
        provider = stage.provider("P");
        stage.publish("bundle.c", client);
        provider.echoed = stage.hold("the call into P");
        List<Running<String>> calls = new ArrayList<>();
        Bundle failing = stage.install("bundle.p", new Publishing(journal, "bundle.p", provider) {
            @Override
            public void start(BundleContext context) throws Exception {
                super.start(context);
                calls.add(stage.run("call", () -> client.call("x")));
                provider.echoed.awaitEntered();
                throw new IllegalStateException("failed start");
            }
        });
        Running<Boolean> start = stage.run("start", () -> {
            try {
                failing.start();
                return true;
            } catch (BundleException e) {
                journal.add("start", FAILED);
                return false;
            }
        });
        journal.awaitEvent("C", DETACH_PENDING);
        start.awaitWaiting();
        provider.echoed.release();
        assertFalse(start.join());
        calls.get(0).join();
        journal.assertOrder(CALL_END.of("P"), CLEANUP_END.of("P"), FAILED.of("start"));
        assertNull(client.call("y"));
        assertEquals(Bundle.RESOLVED, failing.getState());
        assertNull(failing.getRegisteredServices());
    }

    @Test
    public void O4_startAfterAFailedStart_attaches() {
        O4_failedStart_drainsWhatWasPublished_nothingStaysAttached();
        TestProvider second = stage.provider("P2");
        stage.publish("bundle.p2", second);
        assertEquals("P2:x", client.call("x"));
    }
}
