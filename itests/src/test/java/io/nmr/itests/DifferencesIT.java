package io.nmr.itests;

import static io.nmr.itests.kit.Moment.ATTACH_END;
import static io.nmr.itests.kit.Moment.CALL_END;
import static io.nmr.itests.kit.Moment.CLEANUP_END;
import static io.nmr.itests.kit.Moment.DETACH_PENDING;
import static io.nmr.itests.kit.Moment.RETURNED;
import static io.nmr.itests.kit.Moment.STOP;
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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.Before;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceReference;
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
        journal.assertOrderOfFirst(CALL_END.of("P"), CLEANUP_END.of("P"), STOP.of("bundle.p"));
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
        journal.assertOrder(CALL_END.of("P"), CLEANUP_END.of("P"), STOP.of("bundle.p"), RETURNED.of("stop"));
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
        journal.awaitEvent("C", DETACH_PENDING);
        Running<Void> stop = stage.act("other", other::stop);
        switch (platform()) {
            case FELIX -> {
                stop.awaitNotRunning();
                release(call, refresh);
                stop.join();
                journal.assertOrderOfFirst(CALL_END.of("P"), STOP.of("bundle.p"), RETURNED.of("other"));
            }
            case EQUINOX -> {
                stop.join();
                release(call, refresh);
                journal.assertOrderOfFirst(RETURNED.of("other"), CALL_END.of("P"), STOP.of("bundle.p"));
            }
        }
        assertEquals("P:again", client.call("again"));
    }

    @Test
    public void O4_failedStart_isAStopWithServicesOnFelix_withoutOnEquinox_andIsDrainedOnBoth() {
        TestProvider second = stage.provider("P2");
        Bundle failing = stage.install("bundle.f", new Publishing(journal, "bundle.f", second) {
            @Override
            public void start(BundleContext context) throws Exception {
                super.start(context);
                throw new IllegalStateException("failed start");
            }
        });
        AtomicInteger state = new AtomicInteger();
        AtomicReference<ServiceReference<?>[]> services = new AtomicReference<>();
        EventHook later = (event, contexts) -> {
            if (event.getType() == BundleEvent.STOPPING && event.getBundle().equals(failing)) {
                journal.add("hook", STOP);
                state.set(failing.getState());
                services.set(failing.getRegisteredServices());
            }
        };
        stage.context().registerService(EventHook.class, later, null);
        assertNotNull(attempt("start", failing::start).join());
        journal.assertOrder(ATTACH_END.of("P2"), CLEANUP_END.of("P2"), STOP.of("hook"));
        switch (platform()) {
            case FELIX -> {
                assertEquals(Bundle.STARTING, state.get());
                assertNotNull(services.get());
            }
            case EQUINOX -> {
                assertEquals(Bundle.STOPPING, state.get());
                assertNull(services.get());
            }
        }
    }
}
