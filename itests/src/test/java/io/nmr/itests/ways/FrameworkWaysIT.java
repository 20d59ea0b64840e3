package io.nmr.itests.ways;

import io.nmr.itests.FrameworkTest;
import io.nmr.itests.ways.Scene.Side;
import io.nmr.itests.ways.Situation.WhileAttaching;
import io.nmr.itests.ways.Situation.WhileAttaching.Station;
import io.nmr.itests.ways.Situation.WhileCalled;
import io.nmr.itests.ways.Situation.WhileTheOtherGoes;
import java.util.function.Supplier;
import org.junit.Test;

/** The framework stops and starts again, in each of the situations (O4). */
public final class FrameworkWaysIT extends FrameworkTest {

    private void goes(Supplier<Way> way, Situation situation) throws Exception {
        start("60000");
        situation.play(new Scene(stage, Side.PROVIDER, way.get(), situation.other()));
    }

    private void goesWhileAttaching(Supplier<Way> way) throws Exception {
        for (Station station : Station.values()) {
            goes(way, new WhileAttaching(station));
            stop();
        }
        start("60000");
    }

    @Test
    public void O4_stopAndStart_whileCalled() throws Exception {
        goes(FrameworkWays.StopAndStart::new, new WhileCalled());
    }

    @Test
    public void O4_stopAndStart_whileAttaching() throws Exception {
        goesWhileAttaching(FrameworkWays.StopAndStart::new);
    }

    @Test
    public void O4_stopAndStart_whileABundleStops() throws Exception {
        goes(FrameworkWays.StopAndStart::new, new WhileTheOtherGoes(BundleWays.Stop::new));
    }

    @Test
    public void O4_stopInitAndStart_whileCalled() throws Exception {
        goes(FrameworkWays.StopInitAndStart::new, new WhileCalled());
    }

    @Test
    public void O4_stopInitAndStart_whileAttaching() throws Exception {
        goesWhileAttaching(FrameworkWays.StopInitAndStart::new);
    }

    @Test
    public void O4_update_whileCalled() throws Exception {
        goes(FrameworkWays.Update::new, new WhileCalled());
    }

    @Test
    public void O4_update_whileAttaching() throws Exception {
        goesWhileAttaching(FrameworkWays.Update::new);
    }

    @Test
    public void O4_update_whileABundleStops() throws Exception {
        goes(FrameworkWays.Update::new, new WhileTheOtherGoes(BundleWays.Stop::new));
    }
}
