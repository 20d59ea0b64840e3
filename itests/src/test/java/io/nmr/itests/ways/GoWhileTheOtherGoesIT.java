package io.nmr.itests.ways;

import io.nmr.itests.ways.Situation.WhileTheOtherGoes;
import java.util.List;
import java.util.function.Supplier;

/** The other side goes too: its bundle is stopped, or it goes the same way (C5). */
public final class GoWhileTheOtherGoesIT extends WaysTest {

    @Override
    List<Situation> situations(Supplier<Way> way) {
        Situation stopped = new WhileTheOtherGoes(BundleWays.Stop::new);
        return way.get().isOfOneSide() ? List.of(stopped, new WhileTheOtherGoes(way)) : List.of(stopped);
    }
}
