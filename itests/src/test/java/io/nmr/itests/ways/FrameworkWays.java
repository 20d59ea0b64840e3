package io.nmr.itests.ways;

import static org.junit.Assert.assertEquals;

import io.nmr.itests.kit.Await;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.launch.Framework;

/** The framework itself goes, and everything in it. */
interface FrameworkWays {

    abstract class OfTheFramework extends Way {

        final Framework framework() {
            return (Framework) stage.system();
        }

        final void stop() throws Exception {
            framework().stop();
            int how = framework().waitForStop(TimeUnit.MINUTES.toMillis(2)).getType();
            assertEquals("how the framework's stop ended", FrameworkEvent.STOPPED, how);
        }

        @Override
        final boolean isOfOneSide() {
            return false;
        }

        /** Bundles are stopped and started while the registrar goes and comes. */
        @Override
        final List<String> mayReport() {
            return List.of("NMR113", "NMR114");
        }
    }

    final class StopAndStart extends OfTheFramework {

        @Override
        void go() throws Exception {
            stop();
        }

        @Override
        void comeBack() throws Exception {
            framework().start();
        }
    }

    /** Stopped, initialised and only then started. */
    final class StopInitAndStart extends OfTheFramework {

        @Override
        void go() throws Exception {
            stop();
        }

        @Override
        void comeBack() throws Exception {
            framework().init();
            framework().start();
        }
    }

    /** The system bundle's update: the framework stops, and starts by itself. */
    final class Update extends OfTheFramework {

        @Override
        void go() throws Exception {
            Bundle witness = registrar();
            BundleContext before = witness.getBundleContext();
            framework().update();
            Await.until("the framework stops its bundles", () -> witness.getBundleContext() != before, stage.journal);
            Await.until("the framework runs again", () -> framework().getState() == Bundle.ACTIVE, stage.journal);
        }

        /** It stops and starts with the framework, which may run again before this thread could wait for its stop. */
        private Bundle registrar() {
            return Stream.of(framework().getBundleContext().getBundles())
                    .filter(bundle -> bundle.getSymbolicName().equals("io.nmr.registrar"))
                    .findFirst()
                    .orElseThrow();
        }

        @Override
        boolean comesBackByItself() {
            return true;
        }
    }
}
