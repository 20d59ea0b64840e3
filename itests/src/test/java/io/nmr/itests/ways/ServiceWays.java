package io.nmr.itests.ways;

import static org.junit.Assert.assertEquals;

import io.nmr.api.NpiId;
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
            TestClient with = stage.add(new TestClient(stage.history, "with." + name, npi));
            bystander = stage.add(new TestProvider(stage.history, "by." + name, npi));
            plan = new Publishing(stage.history, name, module, with, bystander);
            bundle = stage.start(stage.install(name, plan));
        }

        @Override
        void go() {
            super.go();
            assertEquals("the others of its bundle stay", 0, stage.history.count(bystander.toString(), "detach"));
            assertEquals(0, stage.history.count(name, "stop"));
        }

        @Override
        List<String> end() {
            return List.of();
        }
    }

    /** The bundle publishes a factory; who gives the service back tears the module down. */
    static void publishFactory(Way way, boolean prototype) {
        way.plan = new Publishing(way.stage.history, way.name, way.module) {
            @Override
            protected Object service(TestModule module) {
                return prototype ? new Prototypes(way) : new Factory(way);
            }
        };
        way.bundle = way.stage.start(way.stage.install(way.name, way.plan));
    }

    static List<String> endOfAFactory(Way way) {
        return List.of(way.name + " unget");
    }

    final class UnregisterOfBundleScope extends OneOfSeveral {

        @Override
        void publish() {
            publishFactory(this, false);
        }

        @Override
        List<String> end() {
            return endOfAFactory(this);
        }
    }

    final class UnregisterOfPrototypeScope extends OneOfSeveral {

        @Override
        void publish() {
            publishFactory(this, true);
        }

        @Override
        List<String> end() {
            return endOfAFactory(this);
        }
    }

    final class StopOfBundleScope extends BundleWays.Stop {

        @Override
        void publish() {
            publishFactory(this, false);
        }

        @Override
        List<String> end() {
            return endOfAFactory(this);
        }
    }

    final class StopOfPrototypeScope extends BundleWays.Stop {

        @Override
        void publish() {
            publishFactory(this, true);
        }

        @Override
        List<String> end() {
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
            way.stage.history.add(way.name, "get");
            way.module.revive();
            return way.module;
        }

        @Override
        public final void ungetService(Bundle user, ServiceRegistration<Object> registration, Object given) {
            way.stage.history.add(way.name, "unget");
            way.module.tearDown();
        }
    }

    final class Prototypes extends Factory implements PrototypeServiceFactory<Object> {

        Prototypes(Way way) {
            super(way);
        }
    }
}
