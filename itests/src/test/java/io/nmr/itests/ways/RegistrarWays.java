package io.nmr.itests.ways;

import io.nmr.itests.kit.Moment;
import java.io.File;
import java.io.FileInputStream;
import java.util.List;
import org.osgi.framework.BundleException;

/** The module stays, and the registrar goes. */
interface RegistrarWays {

    abstract class OfTheRegistrar extends Way {

        @Override
        List<Moment.Of> end() {
            return List.of();
        }

        @Override
        boolean isOfOneSide() {
            return false;
        }

        /** The registrar may come back while the bundle of the other side is on its way out. */
        @Override
        List<String> mayReport() {
            return List.of("NMR113", "NMR114");
        }
    }

    final class Stop extends OfTheRegistrar {

        @Override
        void go() throws BundleException {
            stage.registrar().stop();
        }

        @Override
        void comeBack() throws BundleException {
            stage.registrar().start();
        }
    }

    final class Update extends OfTheRegistrar {

        @Override
        void go() throws Exception {
            stage.registrar().update(new FileInputStream(jar()));
        }

        @Override
        boolean comesBackByItself() {
            return true;
        }
    }

    final class Refresh extends OfTheRegistrar {

        @Override
        void go() {
            stage.refresh(stage.registrar());
        }

        @Override
        boolean comesBackByItself() {
            return true;
        }
    }

    final class Uninstall extends OfTheRegistrar {

        @Override
        void go() throws BundleException {
            stage.registrar().uninstall();
        }

        @Override
        void comeBack() throws BundleException {
            stage.context().installBundle(new File(jar()).toURI().toString()).start();
        }
    }

    private static String jar() {
        return System.getProperty("io.nmr.registrar.jar");
    }
}
