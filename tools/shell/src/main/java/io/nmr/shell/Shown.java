package io.nmr.shell;

import io.nmr.api.runtime.BindingSnapshot;
import io.nmr.api.runtime.SideSnapshot;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;

/** How values look in tables and sentences. */
final class Shown {

    private Shown() {}

    static String of(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Two units at most. */
    static String of(Duration duration) {
        long millis = duration.toMillis();
        if (Math.abs(millis) < 1_000) {
            return millis + " ms";
        }
        if (Math.abs(millis) < 60_000) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1_000.0);
        }
        return Math.abs(millis) < 3_600_000
                ? millis / 60_000 + " min " + Math.abs(millis / 1_000 % 60) + " s"
                : millis / 3_600_000 + " h " + Math.abs(millis / 60_000 % 60) + " min";
    }

    /** A dash where calls are not tracked. */
    static String calls(OptionalLong calls) {
        return calls.isPresent() ? Long.toString(calls.getAsLong()) : "-";
    }

    static String state(BindingSnapshot binding) {
        return binding.overdue() ? "overdue" : of(binding.state());
    }

    static String owes(SideSnapshot side) {
        return switch (side.owes()) {
            case NOTHING -> "nothing";
            case ATTACH_CALLBACK -> "return of its attach callback";
            case DETACH_NOTICE -> "nothing yet: its detach callback is not called";
            case DETACH_CALLBACK -> "return of its detach callback";
            case COMPLETION -> "completion";
            case CLEANUP -> "return of its cleanup callback";
        };
    }

    static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
