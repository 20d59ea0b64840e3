package io.nmr.itests.ways;

import io.nmr.itests.kit.Await;
import org.osgi.framework.Bundle;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;

/** Start levels change: the framework's, or the bundle's own. */
interface StartLevelWays {

    abstract class Level extends Way {

        final FrameworkStartLevel framework() {
            return stage.system().adapt(FrameworkStartLevel.class);
        }

        final void setOwn(int level) {
            bundle.adapt(BundleStartLevel.class).setStartLevel(level);
        }

        final void await(int state) {
            Await.until(bundle + " is in state " + state, () -> bundle.getState() == state, stage.journal);
        }
    }

    final class OfTheBundle extends Level {

        @Override
        void go() {
            setOwn(framework().getStartLevel() + 1);
            await(Bundle.RESOLVED);
        }

        @Override
        void comeBack() {
            setOwn(framework().getStartLevel());
            await(Bundle.ACTIVE);
        }
    }

    /** Falls below the bundle's. */
    final class OfTheFramework extends Level {

        @Override
        void publish() throws Exception {
            super.publish();
            move(1);
            setOwn(framework().getStartLevel());
        }

        private void move(int by) {
            int level = framework().getStartLevel() + by;
            framework().setStartLevel(level);
            Await.until("start level " + level, () -> framework().getStartLevel() == level, stage.journal);
        }

        @Override
        boolean isOfOneSide() {
            return false;
        }

        @Override
        void go() {
            move(-1);
            await(Bundle.RESOLVED);
        }

        @Override
        void comeBack() {
            move(1);
            await(Bundle.ACTIVE);
        }
    }
}
