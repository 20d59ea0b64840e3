package io.nmr.typed;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.Reference;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Waits until objects are garbage. */
public final class Garbage {

    private static final long LONGEST_S = 30;

    private Garbage() {}

    /** Collects garbage until all of these are gone. */
    public static void awaitGone(List<? extends Reference<?>> references) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_S);
        for (List<String> kept = kept(references); !kept.isEmpty(); kept = kept(references)) {
            assertThat(System.nanoTime() - deadline)
                    .as("still kept after %d s of collecting garbage: %s", LONGEST_S, kept)
                    .isNegative();
            System.gc();
        }
    }

    /** The names of the classes of what is still there: they keep no object alive. */
    private static List<String> kept(List<? extends Reference<?>> references) {
        return references.stream()
                .map(Reference::get)
                .filter(Objects::nonNull)
                .map(kept -> (kept instanceof Class<?> type ? type : kept.getClass()).getName())
                .toList();
    }
}
