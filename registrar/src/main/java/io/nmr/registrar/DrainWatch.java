package io.nmr.registrar;

import io.nmr.engine.Caller;
import io.nmr.engine.RegistrarEngine;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks at the drains that go on: a call that waits for what the draining thread holds cannot end, so its binding is
 * given up at once and not when the detach timeout passes; and a callback of the bundle's own that keeps its stop beyond
 * the timeout is interrupted where that is set.
 *
 * <p><b>Threading.</b> Any thread arms it; its {@link Watch} looks.
 */
final class DrainWatch {

    /** A call that a drain waits for, on a thread in its {@code waits}-th wait. */
    private record Suspect(DrainUnderWay drain, long binding, Thread thread, long waits) {}

    private final Watch watch = new Watch("nmr-drains", this::look);
    private final Drains drains;
    private final RegistrarEngine engine;
    private final CurrentSettings settings;
    private final SlowCallbacks callbacks;
    private final Log log;

    /** Those whose own callbacks have been interrupted, once; the looking thread's own. */
    private final Set<DrainUnderWay> interrupted = new HashSet<>();

    /** Of the last look; the looking thread's own. */
    private Map<Suspect, String> suspects = Map.of();

    DrainWatch(
            Drains drains, RegistrarEngine engine, CurrentSettings settings, SlowCallbacks callbacks, Log log) {
        this.drains = drains;
        this.engine = engine;
        this.settings = settings;
        this.callbacks = callbacks;
        this.log = log;
    }

    /** A drain has begun. Where there is no memory to look at it, its timeout alone bounds it, and the next one arms. */
    void arm() {
        try {
            watch.arm();
        } catch (OutOfMemoryError e) {
            // To wait and to time out take none, and to fail would not help anybody.
        }
    }

    private boolean look() {
        Map<Suspect, String> now = new HashMap<>();
        Collection<DrainUnderWay> innermost = innermost(drains.underWay());
        innermost.forEach(drain -> suspect(drain, now));
        // Twice in a row, in one and the same wait: when the look found it inside the call it stood there already.
        now.forEach((suspect, obstacle) -> {
            if (suspects.containsKey(suspect)) {
                giveUp(suspect, obstacle);
            }
        });
        List<DrainUnderWay> underWay = drains.underWay();
        boolean more = !underWay.isEmpty();
        suspects = more ? now : Map.of(); // else nothing would be looked at again, and this would be kept
        interrupted.removeIf(drain -> !more || !underWay.contains(drain));
        innermost.forEach(this::interruptIfOverdue); // last: it may close a channel, and that be anybody's code
        return more;
    }

    /** Of drains within drains, on one thread, only the last begun waits. */
    private static Collection<DrainUnderWay> innermost(List<DrainUnderWay> underWay) {
        Map<Thread, DrainUnderWay> innermost = new HashMap<>();
        underWay.forEach(drain -> innermost.put(drain.thread(), drain));
        return innermost.values();
    }

    private void suspect(DrainUnderWay drain, Map<Suspect, String> found) {
        for (Caller caller : engine.view().callers(drain.leaving())) {
            Thread thread = caller.thread();
            Obstacle.of(thread, drain.thread()).ifPresent(obstacle ->
                    found.put(new Suspect(drain, caller.binding(), thread, Obstacle.waits(thread)), obstacle));
        }
    }

    private void giveUp(Suspect suspect, String obstacle) {
        if (engine.abandon(suspect.binding)) {
            log.cannotEnd(suspect.drain.what(), suspect.binding, obstacle, suspect.thread);
        }
    }

    /** Not to wait at all is not to interrupt either; and who has ended since, or waits for another drain, is not meant. */
    private void interruptIfOverdue(DrainUnderWay drain) {
        Duration timeout = drain.longestTimeout();
        boolean overdue = !timeout.isZero() && drain.age().minus(SlowCallbacks.LIMIT).compareTo(timeout) > 0;
        if (overdue
                && settings.now().overdue() == OverduePolicy.INTERRUPT
                && !interrupted.contains(drain)
                && callbacks.interrupt(drain.thread(), drain.begin(), () -> drains.isInnermost(drain))) {
            interrupted.add(drain);
            log.interruptedItself(drain.what(), drain.age(), drain.thread());
        }
    }

    void shutdown() {
        watch.shutdown();
    }
}
