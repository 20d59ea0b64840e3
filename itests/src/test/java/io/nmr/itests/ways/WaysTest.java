package io.nmr.itests.ways;

import static org.ops4j.pax.exam.CoreOptions.composite;

import io.nmr.itests.RegistrarTest;
import io.nmr.itests.kit.Stage;
import java.util.List;
import java.util.function.Supplier;
import org.junit.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;

/** Every way that a module can go, by itself or with its bundle, the provider's and then the client's (O1, O2, O4). */
public abstract class WaysTest extends RegistrarTest {

    @Override
    @Configuration
    public final Option[] configuration() {
        return new Option[] {
            composite(super.configuration()),
            reactorBundle("osgi.function.jar"),
            reactorBundle("osgi.promise.jar"),
            reactorBundle("osgi.component.jar"),
            reactorBundle("scr.jar")
        };
    }

    /** What is going on meanwhile. */
    abstract List<Situation> situations(Supplier<Way> way);

    private void goes(Supplier<Way> way) {
        for (Situation situation : situations(way)) {
            for (Scene.Side side : Scene.Side.values()) {
                play(way.get(), situation, side);
            }
        }
    }

    private void play(Way way, Situation situation, Scene.Side side) {
        try {
            situation.play(new Scene(stage, side, way, situation.other()));
            stage.clear();
            stage = new Stage(context);
        } catch (Exception | AssertionError e) {
            throw new AssertionError(way + ", " + situation + ", the " + side + " goes: " + e.getMessage(), e);
        }
    }

    @Test
    public final void O2_stop() {
        goes(BundleWays.Stop::new);
    }

    @Test
    public final void O4_update() {
        goes(BundleWays.Update::new);
    }

    @Test
    public final void O4_refresh() {
        goes(BundleWays.Refresh::new);
    }

    @Test
    public final void O4_refreshOfABundleWhosePackageItImports() {
        goes(BundleWays.RefreshOfWhatItImports::new);
    }

    @Test
    public final void O4_refreshOfABundleWhosePackageOthersImport() {
        goes(BundleWays.RefreshOfWhatOthersImport::new);
    }

    @Test
    public final void O4_fragmentAttached() {
        goes(BundleWays.FragmentAttached::new);
    }

    @Test
    public final void O4_uninstall() {
        goes(BundleWays.Uninstall::new);
    }

    @Test
    public final void O4_failedStart() {
        goes(BundleWays.FailedStart::new);
    }

    @Test
    public final void O4_stopOfALazilyActivatedBundle() {
        goes(BundleWays.StopOfALazyBundle::new);
    }

    @Test
    public final void O4_startLevelOfTheBundle() {
        goes(StartLevelWays.OfTheBundle::new);
    }

    @Test
    public final void O4_startLevelOfTheFramework() {
        goes(StartLevelWays.OfTheFramework::new);
    }

    @Test
    public final void O1_unregisterOneOfSeveral() {
        goes(ServiceWays.Unregister::new);
    }

    @Test
    public final void O1_unregisterOfBundleScope() {
        goes(ServiceWays.UnregisterOfBundleScope::new);
    }

    @Test
    public final void O1_unregisterOfPrototypeScope() {
        goes(ServiceWays.UnregisterOfPrototypeScope::new);
    }

    @Test
    public final void O2_stopOfBundleScope() {
        goes(ServiceWays.StopOfBundleScope::new);
    }

    @Test
    public final void O2_stopOfPrototypeScope() {
        goes(ServiceWays.StopOfPrototypeScope::new);
    }

    @Test
    public final void O2_stopOfADelayedComponent() {
        goes(ComponentWays.StopOfItsBundle::new);
    }

    @Test
    public final void O1_delayedComponentDisabled() {
        goes(ComponentWays.Disabled::new);
    }

    @Test
    public final void O1_delayedComponentUnsatisfied() {
        goes(ComponentWays.Unsatisfied::new);
    }

    @Test
    public final void O4_stopOfTheRegistrar() {
        goes(RegistrarWays.Stop::new);
    }

    @Test
    public final void O4_updateOfTheRegistrar() {
        goes(RegistrarWays.Update::new);
    }

    @Test
    public final void O4_refreshOfTheRegistrar() {
        goes(RegistrarWays.Refresh::new);
    }

    @Test
    public final void O4_uninstallOfTheRegistrar() {
        goes(RegistrarWays.Uninstall::new);
    }
}
