package io.nmr.itests.ways;

import io.nmr.itests.kit.Await;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.framework.launch.Framework;

/** The framework itself goes, and everything in it. */
interface FrameworkWays {

    abstract class OfTheFramework extends Way {

        final Framework framework() {
            return (Framework) stage.system();
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
            framework().stop();
            framework().waitForStop(0);
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
            framework().stop();
            framework().waitForStop(0);
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
            framework().update();
            framework().waitForStop(0);
            Await.until("the framework runs again", () -> framework().getState() == Bundle.ACTIVE, stage.history);
        }

        @Override
        boolean comesBackByItself() {
            return true;
        }
    }
}
