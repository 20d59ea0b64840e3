package io.nmr.itests.ways;

import static io.nmr.itests.kit.Moment.ATTACH;
import static io.nmr.itests.kit.Moment.ATTACH_END;
import static io.nmr.itests.kit.Moment.CALL_END;
import static io.nmr.itests.kit.Moment.CLEANUP_END;
import static io.nmr.itests.kit.Moment.DETACH;
import static io.nmr.itests.kit.Moment.DETACH_PENDING;
import static io.nmr.itests.kit.Moment.HEAR_END;
import static io.nmr.itests.kit.Moment.RETURNED;
import static org.junit.Assert.assertEquals;

import io.nmr.api.NmrStatus;
import io.nmr.itests.kit.Hold;
import io.nmr.itests.kit.Running;
import io.nmr.itests.kit.TestClient;
import io.nmr.itests.kit.TestProvider;
import java.util.List;
import java.util.function.Supplier;

/** What is going on when a module goes, and what must come of it. */
interface Situation {

    void play(Scene scene) throws Exception;

    /** The way of the other side. */
    default Way other() {
        return new BundleWays.Stop();
    }

    /** Calls are in progress in both directions: none is cut, and all that must come after the drain does. */
    record WhileCalled() implements Situation {

        @Override
        public void play(Scene scene) throws Exception {
            scene.bind();
            scene.call();
            Running<Void> go = scene.go();
            scene.awaitDetaching();
            scene.release();
            go.join();
            for (String side : List.of("C", "P")) {
                scene.journal.assertOrder(
                        DETACH.of(side), DETACH_PENDING.of(side), HEAR_END.of("C"), CLEANUP_END.of(side));
                scene.assertEnds(scene.goes, List.of(CALL_END.of("P"), HEAR_END.of("C"), CLEANUP_END.of(side)),
                        RETURNED.of("go"));
            }
            scene.assertComesBack(2);
        }
    }

    /** The attachment is under way: it is let finish, or goes no further; and is detached if it was made (D8). */
    record WhileAttaching(Station station) implements Situation {

        /** How far the attachment has come. */
        enum Station {
            CLIENT_ASKED(1),
            PROVIDER_ASKED(2),
            ACCEPTED(2);

            private final int bindings;

            Station(int bindings) {
                this.bindings = bindings;
            }
        }

        @Override
        public void play(Scene scene) throws Exception {
            Hold attach = scene.stage.hold("the attachment, " + station);
            holdAt(attach, scene.client, scene.provider);
            scene.goes.publish();
            Running<Void> publish = scene.stage.act("publish", scene.other::publish);
            attach.awaitEntered();
            Running<Void> go = scene.go();
            Running.awaitWaiting(1);
            attach.release();
            publish.join();
            go.join();
            scene.assertEnds(scene.goes, List.of(ATTACH.of("C"), ATTACH_END.of("C")), RETURNED.of("go"));
            switch (station) {
                case CLIENT_ASKED -> { }
                case PROVIDER_ASKED, ACCEPTED -> assertDetached(scene);
            }
            scene.assertComesBack(station.bindings);
            assertEquals("the provider was asked no more often", station.bindings, scene.journal.count("P", ATTACH));
        }

        private void holdAt(Hold attach, TestClient client, TestProvider provider) {
            switch (station) {
                case CLIENT_ASKED -> client.inAttach = bound -> attach.pass();
                case PROVIDER_ASKED -> provider.inAttach = bound -> attach.pass();
                case ACCEPTED -> client.attach = bound -> {
                    NmrStatus status = client.attach(bound);
                    attach.pass();
                    assertEquals("A12: calls may begin", "P:early", bound.call("early"));
                    return status;
                };
            }
        }

        private static void assertDetached(Scene scene) {
            for (String side : List.of("C", "P")) {
                scene.assertEnds(scene.goes,
                        List.of(ATTACH_END.of("C"), DETACH.of(side), CLEANUP_END.of(side)), RETURNED.of("go"));
            }
        }
    }

    /** Calls are in progress, and the other side goes too (C5). */
    record WhileTheOtherGoes(Supplier<Way> too) implements Situation {

        @Override
        public Way other() {
            return too.get();
        }

        @Override
        public void play(Scene scene) throws Exception {
            scene.bind();
            scene.call();
            Running<Void> go = scene.go();
            scene.awaitDetaching();
            Running<Void> goToo = scene.stage.act("goToo", scene.other::go);
            goToo.awaitNotRunning();
            scene.release();
            go.join();
            goToo.join();
            for (Way way : List.of(scene.goes, scene.other)) {
                scene.assertEnds(way, List.of(CALL_END.of("P"), HEAR_END.of("C"), CLEANUP_END.of("C")));
                scene.assertEnds(way, List.of(CALL_END.of("P"), HEAR_END.of("C"), CLEANUP_END.of("P")));
                if (!way.comesBackByItself()) {
                    way.comeBack();
                }
            }
            scene.assertBound();
        }
    }
}
