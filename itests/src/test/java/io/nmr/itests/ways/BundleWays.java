package io.nmr.itests.ways;

import static io.nmr.itests.kit.Moment.START;
import static org.junit.Assert.assertEquals;

import io.nmr.itests.kit.BundleJar;
import io.nmr.itests.kit.Hold;
import io.nmr.itests.kit.Moment;
import io.nmr.itests.kit.Publishing;
import io.nmr.itests.kit.Running;
import io.nmr.itests.kit.Stage;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.namespace.HostNamespace;
import org.osgi.framework.wiring.BundleWiring;

/** What can be done to the bundle that published a module. */
interface BundleWays {

    class Stop extends Way {

        @Override
        void go() throws BundleException {
            bundle.stop();
        }

        /** A framework that was started again may have another object for the same bundle. */
        @Override
        void comeBack() throws BundleException {
            stage.context().getBundle(bundle.getLocation()).start();
        }
    }

    final class Update extends Way {

        @Override
        void go() throws BundleException {
            bundle.update(Stage.jar(name, "1.0.0", plan));
        }

        @Override
        boolean comesBackByItself() {
            return true;
        }
    }

    class Refresh extends Way {

        /** The module's bundle, with more in its manifest. */
        final void publishWith(String header, String value) {
            plan = new Publishing(stage.journal, name, module);
            BundleJar jar = Stage.module(name, "1.0.0", plan).header(header, value);
            bundle = stage.start(stage.install(name, plan, jar.build()));
        }

        @Override
        void go() {
            stage.refresh(bundle);
        }

        @Override
        final boolean comesBackByItself() {
            return true;
        }
    }

    /** The bundle imports a package of another one, which is refreshed. */
    final class RefreshOfWhatItImports extends Refresh {

        private Bundle library;

        @Override
        void publish() {
            library = stage.install("library." + name, null, new BundleJar("library." + name, "1.0.0")
                    .header("Export-Package", "library." + name)
                    .build());
            publishWith("Import-Package", "org.osgi.framework, io.nmr.itests.kit, library." + name);
        }

        @Override
        void go() {
            stage.refresh(library);
        }
    }

    /** Another bundle imports a package of this one, and is stopped and started with it. */
    final class RefreshOfWhatOthersImport extends Refresh {

        @Override
        void publish() {
            publishWith("Export-Package", "exported." + name);
            String user = "user." + name;
            Publishing nothing = new Publishing(stage.journal, user);
            stage.start(stage.install(user, nothing, Stage.module(user, "1.0.0", nothing)
                    .header("Import-Package", "org.osgi.framework, io.nmr.itests.kit, exported." + name)
                    .build()));
        }

        @Override
        void go() {
            super.go();
            assertEquals("the importer was refreshed too", 2, stage.journal.count("user." + name, START));
        }
    }

    final class FragmentAttached extends Refresh {

        @Override
        void go() {
            stage.install("fragment." + name, null, new BundleJar("fragment." + name, "1.0.0")
                    .header("Fragment-Host", name)
                    .build());
            super.go();
            assertEquals("fragments of " + bundle, 1,
                    bundle.adapt(BundleWiring.class).getProvidedWires(HostNamespace.HOST_NAMESPACE).size());
        }
    }

    final class Uninstall extends Way {

        @Override
        void go() throws BundleException {
            bundle.uninstall();
        }

        @Override
        void comeBack() throws Exception {
            publish();
        }
    }

    /** The activator publishes, and then throws. */
    final class FailedStart extends Way {

        private Hold failure;
        private Running<BundleException> start;
        private volatile boolean fails = true;

        @Override
        void publish() {
            failure = stage.hold("the failure of " + name);
            plan = new Publishing(stage.journal, name, module) {
                @Override
                public void start(BundleContext context) throws Exception {
                    super.start(context);
                    failure.pass();
                    if (fails) {
                        throw new IllegalStateException("failed start");
                    }
                }
            };
            bundle = stage.install(name, plan);
            start = stage.run("start of " + name, this::failingStart);
            failure.awaitEntered();
        }

        private BundleException failingStart() {
            try {
                bundle.start();
            } catch (BundleException e) {
                return e;
            }
            throw new AssertionError("the start did not fail");
        }

        @Override
        void go() {
            failure.release();
            assertEquals("failed start", start.join().getCause().getMessage());
            assertEquals(Bundle.RESOLVED, bundle.getState());
        }

        @Override
        void comeBack() throws BundleException {
            fails = false;
            bundle.start();
        }

        @Override
        List<Moment.Of> end() {
            return List.of();
        }
    }

    /** Activated by the first class that is loaded from it. */
    final class StopOfALazyBundle extends Stop {

        @Override
        void publish() throws Exception {
            plan = new Publishing(stage.journal, name, module);
            bundle = stage.install(name, plan,
                    Stage.module(name, "1.0.0", plan).header("Bundle-ActivationPolicy", "lazy").build());
            bundle.start(Bundle.START_ACTIVATION_POLICY);
            assertEquals("not yet", 0, stage.journal.count(name, START));
            loadClass();
        }

        @Override
        void comeBack() throws BundleException {
            bundle.start(Bundle.START_ACTIVATION_POLICY);
            loadClass();
        }

        private void loadClass() {
            try {
                bundle.loadClass("io.nmr.itests.module.ModuleActivator");
                assertEquals(Bundle.ACTIVE, bundle.getState());
            } catch (ClassNotFoundException e) {
                throw new AssertionError(e);
            }
        }
    }
}
