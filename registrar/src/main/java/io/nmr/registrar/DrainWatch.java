package io.nmr.registrar;

import io.nmr.engine.Caller;
import io.nmr.engine.RegistrarEngine;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Looks at the drains that go on: a call that waits for what the draining thread holds cannot end, so its binding is
 * given up at once and not when the detach timeout passes; and a callback of the bundle's own that keeps its stop beyond
 * the timeout is interrupted where that is set.
 *
 * <p><b>Threading.</b> Drains come and go on any thread; its {@link Watch} looks.
 */
final class DrainWatch {

    /** A call that a drain waits for, on a thread. */
    private record Suspect(DrainUnderWay drain, long binding, Thread thread) {}

    private final Set<DrainUnderWay> underWay = ConcurrentHashMap.newKeySet();
    private final Watch watch = new Watch("nmr-drains", this::look);
    private final RegistrarEngine engine;
    private final CurrentSettings settings;
    private final Log log;

    /** Of the last look; the looking thread's own. */
    private Map<Suspect, String> suspects = Map.of();

    DrainWatch(RegistrarEngine engine, CurrentSettings settings, Log log) {
        this.engine = engine;
        this.settings = settings;
        this.log = log;
    }

    void begin(DrainUnderWay drain) {
        underWay.add(drain);
        watch.arm();
    }

    void end(DrainUnderWay drain) {
        underWay.remove(drain);
        drain.end();
    }

    private boolean look() {
        Map<Suspect, String> now = new HashMap<>();
        for (DrainUnderWay drain : innermost()) {
            suspect(drain, now);
            interruptIfOverdue(drain);
        }
        // Twice in a row, for what one look sees is not of one moment.
        now.forEach((suspect, obstacle) -> {
            if (suspects.containsKey(suspect)) {
                giveUp(suspect, obstacle);
            }
        });
        boolean more = !underWay.isEmpty();
        suspects = more ? now : Map.of(); // else nothing would be looked at again, and this would be kept
        return more;
    }

    /** Of drains within drains, on one thread, only the last begun waits. */
    private Collection<DrainUnderWay> innermost() {
        Map<Thread, DrainUnderWay> innermost = new HashMap<>();
        underWay.forEach(drain -> innermost.merge(
                drain.thread(), drain, (one, other) -> one.age().compareTo(other.age()) < 0 ? one : other));
        return innermost.values();
    }

    private void suspect(DrainUnderWay drain, Map<Suspect, String> found) {
        for (Caller caller : engine.view().callers(drain.leaving())) {
            Obstacle.of(caller.thread(), drain.thread()).ifPresent(obstacle ->
                    found.put(new Suspect(drain, caller.binding(), caller.thread()), obstacle));
        }
    }

    private void giveUp(Suspect suspect, String obstacle) {
        if (engine.abandon(suspect.binding)) {
            log.cannotEnd(suspect.drain.what(), suspect.binding, obstacle, suspect.thread);
        }
    }

    private void interruptIfOverdue(DrainUnderWay drain) {
        boolean overdue = drain.age().minus(SlowCallbacks.LIMIT).compareTo(drain.longestTimeout()) > 0;
        if (overdue
                && settings.now().overdue() == OverduePolicy.INTERRUPT
                && !Obstacle.isIdle(drain.thread().getStackTrace())
                && drain.interrupt()) {
            log.interruptedItself(drain.what(), drain.age(), drain.thread());
        }
    }

    void shutdown() {
        watch.shutdown();
    }
}
