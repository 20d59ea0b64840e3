package io.nmr.registrar;

import io.nmr.engine.RegistrarEngine;
import io.nmr.engine.view.Caller;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks at the drains under way for calls that cannot end, because they wait for something that the draining thread holds.
 * The binding of such a call is abandoned at once, and not only when the detach timeout passes.
 *
 * <p><b>Threading.</b> Any thread arms it; the thread of its {@link Watch} looks.
 */
final class DeadlockWatch {

    /** A call that a drain waits for, on a thread in its {@code waits}-th wait. */
    private record Suspect(Drain drain, long binding, Thread thread, long waits) {}

    private final Watch watch = new Watch("nmr-drains", this::look);
    private final DrainJournal journal;
    private final RegistrarEngine engine;
    private final Obstacles obstacles;
    private final Log log;

    /** The suspects of the last look; the looking thread's own. */
    private Map<Suspect, String> suspects = Map.of();

    DeadlockWatch(DrainJournal journal, RegistrarEngine engine, Log log) {
        this.journal = journal;
        this.engine = engine;
        this.obstacles = new Obstacles(engine.view()::idleWait);
        this.log = log;
    }

    /** A drain has begun. */
    void arm() {
        watch.arm();
    }

    /** A call is a suspect twice in a row, in the same wait: at the first look it was inside the call already. */
    private boolean look() {
        Map<Suspect, String> found = new HashMap<>();
        innermost(journal.underWay()).forEach(drain -> suspect(drain, found));
        found.forEach((suspect, obstacle) -> {
            if (suspects.containsKey(suspect)) {
                giveUp(suspect, obstacle);
            }
        });
        boolean more = !journal.underWay().isEmpty();
        suspects = more ? found : Map.of(); // without a next look it would keep the threads
        return more;
    }

    /** Of drains within drains, on one thread, only the last begun waits. */
    private static Collection<Drain> innermost(List<Drain> underWay) {
        Map<Thread, Drain> innermost = new HashMap<>();
        underWay.forEach(drain -> innermost.put(drain.thread(), drain));
        return innermost.values();
    }

    private void suspect(Drain drain, Map<Suspect, String> found) {
        for (Caller caller : engine.view().callers(drain.leaving())) {
            Thread thread = caller.thread();
            obstacles.between(thread, drain.thread()).ifPresent(obstacle ->
                    found.put(new Suspect(drain, caller.binding(), thread, Obstacles.waits(thread)), obstacle));
        }
    }

    private void giveUp(Suspect suspect, String obstacle) {
        if (engine.abandon(suspect.binding)) {
            log.cannotEnd(suspect.drain.what(), suspect.binding, obstacle, suspect.thread);
        }
    }

    void shutdown() {
        watch.shutdown();
    }
}
