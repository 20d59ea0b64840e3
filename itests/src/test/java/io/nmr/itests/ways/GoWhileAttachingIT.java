package io.nmr.itests.ways;

import io.nmr.itests.ways.Situation.WhileAttaching.Station;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** An attachment is under way, at each of its stations (D8). */
public final class GoWhileAttachingIT extends WaysTest {

    @Override
    List<Situation> situations(Supplier<Way> way) {
        return Stream.of(Station.values()).<Situation>map(Situation.WhileAttaching::new).toList();
    }
}
