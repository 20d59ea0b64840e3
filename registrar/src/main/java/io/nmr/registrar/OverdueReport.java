package io.nmr.registrar;

import io.nmr.api.runtime.BindingSnapshot;
import io.nmr.api.runtime.BindingState;
import io.nmr.api.runtime.SideSnapshot;
import io.nmr.api.runtime.SideSnapshot.Owes;
import io.nmr.engine.view.Caller;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Describes for the log what is still in progress: each binding, which module owes its completion, how many calls for how
 * long, and the stacks of the threads that are known to be inside them. Its length is bounded.
 */
final class OverdueReport {

    private static final int MOST_BINDINGS = 64;
    private static final int MOST_THREADS = 32;
    private static final int MOST_FRAMES = 100;
    private static final String LINE = System.lineSeparator();

    private final List<BindingSnapshot> bindings;
    private final List<Caller> callers;

    OverdueReport(List<BindingSnapshot> bindings, List<Caller> callers) {
        this.bindings = bindings;
        this.callers = callers;
    }

    /** The bindings on the line of the record itself, a thread on each of those that follow, with its stack below. */
    String text() {
        return (bindings.isEmpty() ? "no binding; clientDeregistering may still run" : "")
                + bindings.stream().limit(MOST_BINDINGS).map(this::describe).collect(Collectors.joining("; "))
                + more(bindings.size() - MOST_BINDINGS, "; ", " more bindings")
                + callers.stream().limit(MOST_THREADS).map(OverdueReport::describe).collect(Collectors.joining())
                + more(callers.size() - MOST_THREADS, LINE + "  ", " more threads");
    }

    private static String more(int number, String before, String what) {
        return number > 0 ? before + "and " + number + what : "";
    }

    private String describe(BindingSnapshot binding) {
        String owing = binding.owing()
                .filter(side -> owesDetach(side.owes()))
                .map(side -> side.module() + " owes its completion (" + calls(binding, side) + ")")
                .collect(Collectors.joining(" and "));
        return "binding " + binding.id() + " for " + binding.leavingFor().toMillis() + " ms: "
                + (owing.isEmpty() ? notYet(binding) : owing);
    }

    private static boolean owesDetach(Owes owes) {
        return switch (owes) {
            case DETACH_NOTICE, DETACH_CALLBACK, COMPLETION -> true;
            case NOTHING, ATTACH_CALLBACK, CLEANUP -> false;
        };
    }

    /** Calls through raw gates, and those that go on asynchronously, have no thread to show. */
    private String calls(BindingSnapshot binding, SideSnapshot side) {
        if (side.callsInProgress().isEmpty()) {
            return "calls not tracked";
        }
        long calls = side.callsInProgress().getAsLong();
        long threads = callers.stream()
                .filter(caller -> caller.binding() == binding.id() && caller.module().id() == side.module().id())
                .count();
        return "calls in progress " + calls
                + (calls > threads ? ", of which " + (calls - threads) + " counted, without a thread" : "");
    }

    private static String notYet(BindingSnapshot binding) {
        String between = binding.client().module() + " and " + binding.provider().module();
        if (binding.owing().anyMatch(side -> side.owes() == Owes.ATTACH_CALLBACK)) {
            return "the attachment of " + between + " is still under way";
        }
        return binding.state() == BindingState.CLEANING
                ? "a cleanup callback of " + between + " has not returned"
                : between + " were about to go on";
    }

    private static String describe(Caller caller) {
        return LINE + "  binding " + caller.binding() + ", a call of " + caller.module() + ", on "
                + describe(caller.thread());
    }

    /** Which thread, in what state, and where it is. */
    static String describe(Thread thread) {
        StackTraceElement[] stack = thread.getStackTrace();
        return "thread \"" + thread.getName() + "\", " + thread.getState()
                + Arrays.stream(stack).limit(MOST_FRAMES).map(frame -> LINE + "    at " + frame)
                        .collect(Collectors.joining())
                + more(stack.length - MOST_FRAMES, LINE + "    ", " more frames");
    }
}
