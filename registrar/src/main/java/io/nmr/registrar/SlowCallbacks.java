package io.nmr.registrar;

import io.nmr.engine.Effect;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Names callbacks that take longer than a second in the log, once each, while they still run.
 *
 * <p><b>Threading.</b> Any thread is watched; its {@link Watch} looks.
 */
final class SlowCallbacks {

    /** Is told, of the callbacks on the threads of a pool, which of them keep their thread for long. */
    interface Pool {

        Pool NONE = new Pool() {
            @Override
            public void held() {}

            @Override
            public void returned() {}
        };

        /** A callback turns out to be slow; on the looking thread. */
        void held();

        /** It has returned; on its own thread, and perhaps before {@link #held} comes. */
        void returned();
    }

    static final Duration LIMIT = Duration.ofSeconds(1);

    private final Set<CallbackLane> lanes = ConcurrentHashMap.newKeySet();
    private final Watch watch = new Watch("nmr-slow-callbacks", this::look);
    private final LongSupplier nanoTime;
    private final Log log;

    SlowCallbacks(Log log, LongSupplier nanoTime) {
        this.log = log;
        this.nanoTime = nanoTime;
    }

    /** For the callbacks that this thread, which belongs to {@code pool}, makes until it closes the lane. */
    CallbackLane open(Pool pool) {
        CallbackLane lane = new CallbackLane(pool);
        lanes.add(lane);
        return lane;
    }

    void close(CallbackLane lane) {
        lanes.remove(lane);
    }

    /** Runs the callback on this thread, whose lane it is. */
    void watch(Effect effect, CallbackLane lane) {
        watch(effect, lane, nanoTime.getAsLong());
    }

    /**
     * As the other, for whoever knows the time: {@code now}, in nanoseconds of the clock. Inside another callback of the
     * lane it gets one of its own.
     */
    void watch(Effect effect, CallbackLane lane, long now) {
        if (!lane.tryBegin(effect, now)) {
            watch(effect, lane.pool());
            return;
        }
        try {
            watch.arm();
            effect.run();
        } finally {
            if (lane.end()) {
                lane.pool().returned();
            }
        }
    }

    /** Runs the callback on this thread, which belongs to {@code pool}. */
    void watch(Effect effect, Pool pool) {
        CallbackLane lane = open(pool);
        try {
            watch(effect, lane);
        } finally {
            close(lane);
        }
    }

    /**
     * Interrupts the callbacks that {@code thread} has begun since {@code begin}, nanoseconds of the clock, and is inside of
     * while {@code due} is so; an interrupt that comes from here ends with the callback. False if there is none.
     */
    boolean interrupt(Thread thread, long begin, BooleanSupplier due) {
        return lanes.stream().filter(lane -> lane.interrupt(thread, begin, due)).count() > 0;
    }

    /** Runs {@code work} on the looking thread, unless that has ended. */
    void run(Runnable work) {
        watch.run(work);
    }

    private boolean look() {
        lanes.forEach(this::reportIfSlow);
        return lanes.stream().anyMatch(CallbackLane::isRunning);
    }

    private void reportIfSlow(CallbackLane lane) {
        long now = nanoTime.getAsLong();
        CallbackLane.Slow slow = lane.becomeSlow(now - LIMIT.toNanos());
        if (slow != null) {
            try {
                log.slowCallback(slow.effect(), Duration.ofNanos(now - slow.since()), slow.thread());
            } finally {
                slow.pool().held(); // whatever became of the record: the other half comes with the callback's return
            }
        }
    }

    void shutdown() {
        watch.shutdown();
    }
}
