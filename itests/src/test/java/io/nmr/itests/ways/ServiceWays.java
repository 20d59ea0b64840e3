package io.nmr.itests.ways;

import static io.nmr.itests.kit.Moment.DETACH;
import static io.nmr.itests.kit.Moment.GET;
import static io.nmr.itests.kit.Moment.STOP;
import static io.nmr.itests.kit.Moment.UNGET;
import static org.junit.Assert.assertEquals;

import io.nmr.api.NpiId;
import io.nmr.itests.kit.Moment;
import io.nmr.itests.kit.Publishing;
import io.nmr.itests.kit.TestClient;
import io.nmr.itests.kit.TestModule;
import io.nmr.itests.kit.TestProvider;
import java.util.List;
import java.util.UUID;
import org.osgi.framework.Bundle;
import org.osgi.framework.PrototypeServiceFactory;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceRegistration;

/** What can be done to the service that a module is, whatever its scope. */
interface ServiceWays {

    abstract class OneOfSeveral extends Way {

        @Override
        void go() {
            plan.registration(module).unregister();
        }

        @Override
        final void comeBack() {
            plan.publish(module);
        }
    }

    /** Its bundle goes on, with another client and another provider of its own. */
    final class Unregister extends OneOfSeveral {

        private TestProvider bystander;

        @Override
        void publish() {
            NpiId npi = new NpiId(new UUID(6, name.hashCode()));
            TestClient with = stage.add(new TestClient(stage.journal, "with." + name, npi));
            bystander = stage.add(new TestProvider(stage.journal, "by." + name, npi));
            plan = new Publishing(stage.journal, name, module, with, bystander);
            bundle = stage.start(stage.install(name, plan));
        }

        @Override
        void go() {
            super.go();
            assertEquals("the others of its bundle stay", 0, stage.journal.count(bystander.toString(), DETACH));
            assertEquals(0, stage.journal.count(name, STOP));
        }

        @Override
        List<Moment.Of> end() {
            return List.of();
        }
    }

    /** The bundle publishes a factory; who gives the service back tears the module down. */
    static void publishFactory(Way way, boolean prototype) {
        way.plan = new Publishing(way.stage.journal, way.name, way.module) {
            @Override
            protected Object service(TestModule module) {
                return prototype ? new Prototypes(way) : new Factory(way);
            }
        };
        way.bundle = way.stage.start(way.stage.install(way.name, way.plan));
    }

    static List<Moment.Of> endOfAFactory(Way way) {
        return List.of(UNGET.of(way.name));
    }

    final class UnregisterOfBundleScope extends OneOfSeveral {

        @Override
        void publish() {
            publishFactory(this, false);
        }

        @Override
        List<Moment.Of> end() {
            return endOfAFactory(this);
        }
    }

    final class UnregisterOfPrototypeScope extends OneOfSeveral {

        @Override
        void publish() {
            publishFactory(this, true);
        }

        @Override
        List<Moment.Of> end() {
            return endOfAFactory(this);
        }
    }

    final class StopOfBundleScope extends BundleWays.Stop {

        @Override
        void publish() {
            publishFactory(this, false);
        }

        @Override
        List<Moment.Of> end() {
            return endOfAFactory(this);
        }
    }

    final class StopOfPrototypeScope extends BundleWays.Stop {

        @Override
        void publish() {
            publishFactory(this, true);
        }

        @Override
        List<Moment.Of> end() {
            return endOfAFactory(this);
        }
    }

    class Factory implements ServiceFactory<Object> {

        private final Way way;

        Factory(Way way) {
            this.way = way;
        }

        @Override
        public final Object getService(Bundle user, ServiceRegistration<Object> registration) {
            way.stage.journal.add(way.name, GET);
            way.module.revive();
            return way.module;
        }

        @Override
        public final void ungetService(Bundle user, ServiceRegistration<Object> registration, Object given) {
            way.stage.journal.add(way.name, UNGET);
            way.module.tearDown();
        }
    }

    final class Prototypes extends Factory implements PrototypeServiceFactory<Object> {

        Prototypes(Way way) {
            super(way);
        }
    }
}
