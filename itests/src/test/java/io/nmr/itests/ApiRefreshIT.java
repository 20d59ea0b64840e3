package io.nmr.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotSame;
import static org.junit.Assert.assertNull;

import io.nmr.itests.foreign.ForeignCaller;
import io.nmr.itests.foreign.ForeignEcho;
import io.nmr.itests.kit.BundleJar;
import io.nmr.itests.kit.Hold;
import io.nmr.itests.kit.Running;
import io.nmr.itests.kit.Stage;
import java.io.FileInputStream;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.junit.Before;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleWiring;

/** The bundle {@code io.nmr.api} is refreshed, and with it the registrar and every module: O4. */
public class ApiRefreshIT extends FrameworkTest {

    private final Map<String, Hold> holds = new ConcurrentHashMap<>();
    private Bundle api;
    private Bundle clients;
    private Bundle providers;

    @Before
    public void bind() throws Exception {
        startFromBundles("60000");
        stage.context().registerService(Consumer.class, (Consumer<String>) this::told, null);
        hold("C hear");
        api = stage.context().getBundle(jar("io.nmr.api.jar"));
        clients = module("client", ForeignCaller.class);
        providers = module("provider", ForeignEcho.class);
        holds.get("C hear").awaitEntered();
    }

    private void told(String event) {
        int blank = event.indexOf(' ');
        history.add(event.substring(0, blank), event.substring(blank + 1));
        Hold hold = holds.get(event);
        if (hold != null) {
            hold.pass();
        }
    }

    private void hold(String event) {
        holds.put(event, stage.hold(event));
    }

    private Bundle module(String name, Class<?> activator) {
        Class<?> bound = activator.getDeclaredClasses()[0];
        return stage.start(stage.install(name, null, new BundleJar(name, "1.0.0", activator)
                .header("Import-Package", "org.osgi.framework, io.nmr.api")
                .add(bound)
                .build()));
    }

    private String call() throws Exception {
        BundleContext context = stage.context();
        return (String) context.getService(context.getServiceReference(Callable.class)).call();
    }

    private static ClassLoader loader(Bundle bundle) {
        return bundle.adapt(BundleWiring.class).getClassLoader();
    }

    /** A call in each direction is in progress; whichever bundle the framework stops first, none is cut. */
    private void assertDrains(Stage.Action way) throws Exception {
        ClassLoader before = loader(providers);
        hold("P call");
        Running<String> call = stage.run("call", this::call);
        holds.get("P call").awaitEntered();
        Running<Void> refresh = stage.act("refresh", way);
        history.awaitEvent("C", "detach");
        history.awaitEvent("P", "detach");
        holds.get("P call").release();
        assertEquals("P:hello", call.join());
        holds.get("C hear").release();
        refresh.join();
        for (String side : new String[] {"C", "P"}) {
            history.assertOrder("P call.end", side + " cleanup", side + " stop", "refresh returned");
            history.assertOrderOfFirst("C hear.end", side + " cleanup", side + " stop");
        }
        assertEquals("bound anew", 2, history.count("C", "attached"));
        assertNotSame("refreshed with the API", before, loader(providers));
        assertEquals(Bundle.ACTIVE, clients.getState());
        assertEquals("P:hello", call());
    }

    @Test
    public void O4_refreshOfTheApi() throws Exception {
        assertDrains(() -> stage.refresh(api));
    }

    @Test
    public void O4_updateAndRefreshOfTheApi() throws Exception {
        assertDrains(() -> {
            try (FileInputStream jar = new FileInputStream(System.getProperty("io.nmr.api.jar"))) {
                api.update(jar);
            }
            stage.refresh(api);
        });
    }

    /** Nobody misses it before the refresh that takes its importers along; then nothing of them resolves. */
    @Test
    public void O4_uninstallAndRefreshOfTheApi_drains() throws Exception {
        api.uninstall();
        holds.get("C hear").release();
        assertEquals("P:hello", call());
        stage.refresh(api);
        for (String side : new String[] {"C", "P"}) {
            history.assertOrder("P call.end", side + " detach", side + " cleanup", side + " stop");
        }
        assertEquals(Bundle.INSTALLED, providers.getState());
        assertNull(stage.context().getServiceReference(Callable.class));
    }
}
