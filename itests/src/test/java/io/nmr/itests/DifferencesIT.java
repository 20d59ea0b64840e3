package io.nmr.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertNull;

import io.nmr.itests.kit.Platform;
import io.nmr.itests.kit.Publishing;
import io.nmr.itests.kit.Running;
import io.nmr.itests.kit.Stage;
import io.nmr.itests.kit.TestClient;
import io.nmr.itests.kit.TestProvider;
import java.util.Map;
import org.junit.Before;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleException;
import org.osgi.framework.hooks.bundle.EventHook;

/** What Felix and Equinox do differently around a drain; what the registrar promises holds on both. */
public class DifferencesIT extends FrameworkTest {

    private TestClient client;
    private TestProvider provider;
    private Bundle providers;

    /** Equinox gives up waiting for the lock of a bundle after a second here; Felix knows no such thing. */
    @Before
    public void bind() throws Exception {
        start("60000", Map.of("osgi.module.lock.timeout", "1"));
        client = stage.client("C");
        provider = stage.provider("P");
        stage.publish("bundle.c", client);
        providers = stage.publish("bundle.p", provider);
    }

    private Platform platform() {
        return Platform.of(stage.context());
    }

    /** The type of the exception that it ends with, or null. */
    private Running<Integer> attempt(String name, Stage.Action action) {
        return stage.run(name, () -> {
            try {
                action.run();
                return null;
            } catch (BundleException e) {
                return e.getType();
            }
        });
    }

    @Test
    public void O2_startOfABundleThatDrains_isQueuedOnFelix_isRefusedByEquinox() throws Exception {
        Running<String> call = stage.heldCall(client, provider);
        Running<Void> stop = stage.act("stop", providers::stop);
        stop.awaitWaiting();
        Running<Integer> start = attempt("start", providers::start);
        switch (platform()) {
            case FELIX -> {
                start.awaitNotRunning();
                release(call, stop);
                assertNull(start.join());
            }
            case EQUINOX -> {
                assertEquals((Integer) BundleException.STATECHANGE_ERROR, start.join());
                stop.awaitWaiting();
                release(call, stop);
                assertEquals(Bundle.RESOLVED, providers.getState());
                providers.start();
            }
        }
        history.assertOrderOfFirst("P call.end", "P cleanup.end", "bundle.p stop");
        assertEquals(Bundle.ACTIVE, providers.getState());
        assertEquals("P:again", client.call("again"));
    }

    @Test
    public void O2_stopOfABundleThatDrains_isQueuedOnFelix_isRefusedByEquinox() {
        Running<String> call = stage.heldCall(client, provider);
        Running<Void> stop = stage.act("stop", providers::stop);
        stop.awaitWaiting();
        Running<Integer> second = attempt("second", providers::stop);
        switch (platform()) {
            case FELIX -> {
                second.awaitNotRunning();
                release(call, stop);
                assertNull(second.join());
            }
            case EQUINOX -> {
                assertEquals((Integer) BundleException.STATECHANGE_ERROR, second.join());
                stop.awaitWaiting();
                release(call, stop);
            }
        }
        history.assertOrder("P call.end", "P cleanup.end", "bundle.p stop", "stop returned");
    }

    private void release(Running<String> call, Running<Void> stop) {
        provider.echoed.release();
        assertEquals("P:hello", call.join());
        stop.join();
    }

    @Test
    public void O4_refreshThatDrains_holdsUpOtherBundlesOnFelix_notOnEquinox() {
        Bundle other = stage.publish("bundle.other");
        Running<String> call = stage.heldCall(client, provider);
        Running<Void> refresh = stage.act("refresh", () -> stage.refresh(providers));
        history.awaitEvent("C", "detach.pending");
        Running<Void> stop = stage.act("other", other::stop);
        switch (platform()) {
            case FELIX -> {
                stop.awaitNotRunning();
                release(call, refresh);
                stop.join();
                history.assertOrderOfFirst("P call.end", "bundle.p stop", "other returned");
            }
            case EQUINOX -> {
                stop.join();
                release(call, refresh);
                history.assertOrderOfFirst("other returned", "P call.end", "bundle.p stop");
            }
        }
        assertEquals("P:again", client.call("again"));
    }

    @Test
    public void O4_failedStart_isAStopWithServicesOnFelix_withoutOnEquinox_andIsDrainedOnBoth() {
        TestProvider second = stage.provider("P2");
        Bundle failing = stage.install("bundle.f", new Publishing(history, "bundle.f", second) {
            @Override
            public void start(BundleContext context) throws Exception {
                super.start(context);
                throw new IllegalStateException("failed start");
            }
        });
        EventHook later = (event, contexts) -> {
            if (event.getType() == BundleEvent.STOPPING && event.getBundle().equals(failing)) {
                history.add("hook", "state " + failing.getState());
                history.add("hook", failing.getRegisteredServices() == null ? "no services" : "services");
            }
        };
        stage.context().registerService(EventHook.class, later, null);
        assertNotNull(attempt("start", failing::start).join());
        switch (platform()) {
            case FELIX -> history.assertOrder(
                    "P2 attach.end", "P2 cleanup.end", "hook state " + Bundle.STARTING, "hook services");
            case EQUINOX -> history.assertOrder(
                    "P2 attach.end", "P2 cleanup.end", "hook state " + Bundle.STOPPING, "hook no services");
        }
    }
}
