package io.nmr.itests;

import static io.nmr.itests.kit.Moment.ATTACH;
import static io.nmr.itests.kit.Moment.ATTACH_END;
import static io.nmr.itests.kit.Moment.CALL_END;
import static io.nmr.itests.kit.Moment.CLEANUP_END;
import static io.nmr.itests.kit.Moment.RETURNED;
import static io.nmr.itests.kit.Moment.STOP;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.nmr.itests.kit.Hold;
import io.nmr.itests.kit.Publishing;
import io.nmr.itests.kit.Running;
import io.nmr.itests.kit.TestProvider;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;

/** A module is published while its bundle stops (O6). */
public class LatePublicationIT extends BoundTest {

    @Test
    public void O6_publishedInTheActivatorsStop_isNotOffered() throws BundleException {
        stage.expect("NMR114");
        client = stage.client("C");
        TestProvider late = stage.provider("late");
        stage.publish("bundle.c", client);
        Bundle bundle = stage.install("bundle.p", new Publishing(journal, "bundle.p", stage.provider("P")) {
            @Override
            public void stop(BundleContext context) throws Exception {
                publish(late);
                super.stop(context);
            }
        });
        bundle.start();
        bundle.stop();
        assertEquals(1, journal.count("C", ATTACH));
        String named = stage.log.only("NMR114");
        assertTrue(named, named.contains("bundle.p 1.0.0"));
        bundle.start();
        assertEquals("offered again after the next start", 2, journal.count("C", ATTACH));
    }

    @Test
    public void O6_publishedByAnotherThread_whileItsBundleDrains_isNotOffered() {
        stage.expect("NMR114");
        bind();
        Running<String> call = stage.heldCall(client, provider);
        Running<Void> stop = stage.act("stop", providers::stop);
        stop.awaitWaiting();
        TestProvider late = stage.provider("late");
        stage.act("publish", () -> stage.plan(providers).publish(late)).join();
        assertEquals(0, journal.count("late", ATTACH));
        assertEquals(1, journal.count("C", ATTACH));
        provider.echoed.release();
        call.join();
        stop.join();
    }

    @Test
    public void O6_publishedByAnotherThread_whileItsBundleWaitsForAnAttachment_isNotOffered() {
        stage.expect("NMR114");
        client = stage.client("C");
        provider = stage.provider("P");
        Hold attach = stage.hold("the attachment");
        provider.inAttach = bound -> attach.pass();
        providers = stage.publish("bundle.p", provider);
        clients = stage.publish("bundle.c");
        Running<Void> publish = stage.act("publish", () -> stage.plan(clients).publish(client));
        attach.awaitEntered();
        Running<Void> stop = stage.act("stop", providers::stop);
        stop.awaitWaiting();
        stage.act("late", () -> stage.plan(providers).publish(stage.provider("late"))).join();
        attach.release();
        publish.join();
        stop.join();
        assertEquals(0, journal.count("late", ATTACH));
        assertEquals(1, journal.count("C", ATTACH));
        journal.assertOrder(RETURNED.of("late"), ATTACH_END.of("P"), CLEANUP_END.of("P"), STOP.of("bundle.p"));
    }

    @Test
    public void O6_publishedByOtherThreads_whileBothBundlesDrain_isNotOffered() {
        stage.expect("NMR114");
        bind();
        Running<String> call = stage.heldCall(client, provider);
        Running<Void> stopP = stage.act("stopP", providers::stop);
        Running<Void> stopC = stage.act("stopC", clients::stop);
        stopP.awaitWaiting();
        stopC.awaitWaiting();
        stage.act("lateP", () -> stage.plan(providers).publish(stage.provider("late"))).join();
        stage.act("lateC", () -> stage.plan(clients).publish(stage.client("lateToo"))).join();
        provider.echoed.release();
        assertEquals("P:hello", call.join());
        stopP.join();
        stopC.join();
        assertEquals(0, journal.count("late", ATTACH));
        assertEquals(0, journal.count("lateToo", ATTACH));
        assertEquals(2, stage.log.all("NMR114").size());
        journal.assertOrder(CALL_END.of("P"), CLEANUP_END.of("P"), STOP.of("bundle.p"));
        journal.assertOrder(CALL_END.of("P"), CLEANUP_END.of("C"), STOP.of("bundle.c"));
    }

    @Test
    public void O6_publishingAndStopping_race_nothingStaysAttached() throws Exception {
        stage.expect("NMR113", "NMR114");
        client = stage.client("C");
        stage.publish("bundle.c", client);
        Bundle bundle = stage.publish("bundle.p");
        for (int i = 0; i < 50; i++) {
            TestProvider racing = stage.provider("R" + i);
            Hold together = stage.hold("the race", 2);
            Running<Void> publish = stage.act("publish", () -> {
                together.pass();
                try {
                    stage.plan(bundle).publish(racing);
                } catch (IllegalStateException tooLate) {
                    // The bundle has stopped.
                }
            });
            Running<Void> stop = stage.act("stop", () -> {
                together.pass();
                bundle.stop();
            });
            together.awaitEntered();
            together.release();
            publish.join();
            stop.join();
            racing.checkAllGone();
            client.checkAllGone();
            bundle.start();
        }
    }

    @Test
    public void O6_registrarStarts_whileABundleStops_whatThatPublishedIsNotOffered() throws Exception {
        stage.expect("NMR114");
        client = stage.client("C");
        provider = stage.provider("P");
        stage.publish("bundle.c", client);
        Hold stopping = stage.hold("the activator's stop");
        Bundle bundle = stage.install("bundle.p", new Publishing(journal, "bundle.p", provider) {
            @Override
            public void stop(BundleContext context) throws Exception {
                super.stop(context);
                stopping.pass();
            }
        });
        registrarBundle().stop();
        bundle.start();
        Running<Void> stop = stage.act("stop", bundle::stop);
        stopping.awaitEntered();
        registrarBundle().start();
        int offered = journal.count("P", ATTACH);
        stopping.release();
        stop.join();
        assertEquals("offers of a module that is torn down:\n" + journal, 0, offered);
    }
}
