package io.nmr.itests;

import static io.nmr.itests.kit.Moment.ATTACHED;
import static io.nmr.itests.kit.Moment.CALL;
import static io.nmr.itests.kit.Moment.CALL_END;
import static io.nmr.itests.kit.Moment.CLEANUP;
import static io.nmr.itests.kit.Moment.DETACH;
import static io.nmr.itests.kit.Moment.HEAR;
import static io.nmr.itests.kit.Moment.HEAR_END;
import static io.nmr.itests.kit.Moment.RETURNED;
import static io.nmr.itests.kit.Moment.STOP;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotSame;
import static org.junit.Assert.assertNull;

import io.nmr.itests.foreign.ForeignCaller;
import io.nmr.itests.foreign.ForeignEcho;
import io.nmr.itests.kit.BundleJar;
import io.nmr.itests.kit.Hold;
import io.nmr.itests.kit.Moment;
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

    private final Map<Moment.Of, Hold> holds = new ConcurrentHashMap<>();
    private Bundle api;
    private Bundle clients;
    private Bundle providers;

    @Before
    public void bind() throws Exception {
        startFromBundles("60000");
        stage.context().registerService(Consumer.class, (Consumer<String>) this::told, null);
        hold(HEAR.of("C"));
        api = stage.context().getBundle(jar("io.nmr.api.jar"));
        clients = module("client", ForeignCaller.class);
        providers = module("provider", ForeignEcho.class);
        holds.get(HEAR.of("C")).awaitEntered();
    }

    private void told(String event) {
        int blank = event.indexOf(' ');
        String who = event.substring(0, blank);
        Moment what = Moment.valueOf(event.substring(blank + 1));
        journal.add(who, what);
        Hold hold = holds.get(what.of(who));
        if (hold != null) {
            hold.pass();
        }
    }

    private void hold(Moment.Of moment) {
        holds.put(moment, stage.hold(moment.toString()));
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
        hold(CALL.of("P"));
        Running<String> call = stage.run("call", this::call);
        holds.get(CALL.of("P")).awaitEntered();
        Running<Void> refresh = stage.act("refresh", way);
        journal.awaitEvent("C", DETACH);
        journal.awaitEvent("P", DETACH);
        holds.get(CALL.of("P")).release();
        assertEquals("P:hello", call.join());
        holds.get(HEAR.of("C")).release();
        refresh.join();
        for (String side : new String[] {"C", "P"}) {
            journal.assertOrder(CALL_END.of("P"), CLEANUP.of(side), STOP.of(side), RETURNED.of("refresh"));
            journal.assertOrderOfFirst(HEAR_END.of("C"), CLEANUP.of(side), STOP.of(side));
        }
        assertEquals("bound anew", 2, journal.count("C", ATTACHED));
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
        holds.get(HEAR.of("C")).release();
        assertEquals("P:hello", call());
        stage.refresh(api);
        for (String side : new String[] {"C", "P"}) {
            journal.assertOrder(CALL_END.of("P"), DETACH.of(side), CLEANUP.of(side), STOP.of(side));
        }
        assertEquals(Bundle.INSTALLED, providers.getState());
        assertNull(stage.context().getServiceReference(Callable.class));
    }
}
