package io.nmr.itests.ways;

import java.util.List;
import java.util.function.Supplier;

/** Calls are in progress in both directions. */
public final class GoWhileCalledIT extends WaysTest {

    @Override
    List<Situation> situations(Supplier<Way> way) {
        return List.of(new Situation.WhileCalled());
    }
}
