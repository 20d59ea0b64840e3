package io.nmr.registrar;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.COLLECTION;

import io.nmr.engine.EngineSettings;
import io.nmr.engine.Incident;
import io.nmr.engine.RegistrarEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.logging.Filter;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** O3: an interrupt is for the callback that it came for, and for nobody after it. */
class SlowCallbacksTest {

    private static final long LONG_AGO = 0;

    private final List<Incident> failures = new ArrayList<>();
    private final SlowCallbacks callbacks = new SlowCallbacks(new Log(), () -> 5);
    private final RegistrarEngine engine = new RegistrarEngine(new EngineSettings(
            effect -> callbacks.watch(effect, SlowCallbacks.Pool.NONE), failures::add, () -> 5));
    private final List<Boolean> interrupted = new ArrayList<>();

    @AfterEach
    void shutdown() {
        callbacks.shutdown();
        Thread.interrupted();
        assertThat(failures).isEmpty();
    }

    /** Runs {@code callback} as the one that tells a client that it goes. */
    private void call(Runnable callback) {
        engine.deregisterClient(engine.registerClient(new LoneClient(callback)));
    }

    private boolean interrupt(long begin) {
        return callbacks.interrupt(Thread.currentThread(), begin, () -> true);
    }

    @Test
    void O3_interrupt_endsWithItsCallback_andDoesNotReachTheNext_norTheCallerOfStop() {
        call(() -> {
            assertThat(interrupt(LONG_AGO)).isTrue();
            interrupted.add(Thread.currentThread().isInterrupted());
        });
        call(() -> interrupted.add(Thread.currentThread().isInterrupted()));

        assertThat(interrupted).containsExactly(true, false);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void O3_interruptOfOthers_fromBeforeTheCallback_isNotTakenAway() {
        Thread.currentThread().interrupt();
        call(() -> interrupt(LONG_AGO));

        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void O3_betweenCallbacks_orInsideOneThatBeganBeforeTheDrain_nobodyIsInterrupted() {
        assertThat(interrupt(LONG_AGO)).isFalse();
        call(() -> interrupted.add(interrupt(6)));

        assertThat(interrupted).containsExactly(false);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    /** A callback may lead to another on its thread. */
    @Test
    void O3_callbackInsideACallbackOfTheSameLane_isInterruptedToo_andBothEndIt() {
        CallbackLane lane = callbacks.open(SlowCallbacks.Pool.NONE);
        RegistrarEngine inLane = new RegistrarEngine(
                new EngineSettings(effect -> callbacks.watch(effect, lane), failures::add, () -> 5));
        inLane.deregisterClient(inLane.registerClient(new LoneClient(() -> {
            inLane.deregisterClient(inLane.registerClient(new LoneClient(() -> interrupted.add(interrupt(LONG_AGO)))));
            interrupted.add(Thread.currentThread().isInterrupted());
        })));
        callbacks.close(lane);

        assertThat(interrupted).containsExactly(true, false);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(interrupt(LONG_AGO)).isFalse();
    }

    private static final class Clock implements LongSupplier {

        private final AtomicInteger looks = new AtomicInteger();

        /** For whoever looks, long after the callback began, but not before it looks for the third time. */
        @Override
        public long getAsLong() {
            boolean looking = Thread.currentThread().getName().startsWith("nmr-slow-callbacks");
            long begin = SlowCallbacks.LIMIT.toNanos();
            return looking && looks.incrementAndGet() >= 3 ? 3 * begin : begin;
        }
    }

    @Test
    void design5_callbackThatBecomesSlow_isNamedThen_andForgottenWhenItHasEnded() {
        RecordedLog recorded = new RecordedLog();
        recorded.start();
        Clock clock = new Clock();
        SlowCallbacks watched = new SlowCallbacks(new Log(), clock);
        RegistrarEngine slowly = new RegistrarEngine(new EngineSettings(
                effect -> watched.watch(effect, SlowCallbacks.Pool.NONE), failures::add, () -> 5));
        try {
            slowly.deregisterClient(slowly.registerClient(new LoneClient(
                    () -> ObstacleTest.await(() -> !recorded.messages().isEmpty()))));
        } finally {
            watched.shutdown();
            recorded.stop();
        }

        assertThat(recorded.messages()).singleElement().asString().startsWith("NMR301 Slow").contains(" for 2000 ms");
        assertThat(clock.looks).hasValueGreaterThanOrEqualTo(3);
        assertThat(watched).extracting("lanes", as(COLLECTION)).isEmpty();
    }

    /** The pool adds up what keeps its threads: half a pair too much, and a thread is not replaced any more. */
    @Test
    void design5_slowCallbackThatCannotBeRecorded_isHeldAndReturnedAllTheSame() {
        AtomicInteger held = new AtomicInteger();
        AtomicInteger balance = new AtomicInteger();
        SlowCallbacks.Pool pool = new SlowCallbacks.Pool() {
            @Override
            public void held() {
                balance.incrementAndGet();
                held.incrementAndGet();
            }

            @Override
            public void returned() {
                balance.decrementAndGet();
            }
        };
        AtomicLong now = new AtomicLong();
        SlowCallbacks watched = new SlowCallbacks(new Log(), now::get);
        RegistrarEngine inPool = new RegistrarEngine(
                new EngineSettings(effect -> watched.watch(effect, pool), failures::add, () -> 5));
        Logger logger = Logger.getLogger("io.nmr.registrar");
        Filter before = logger.getFilter();
        logger.setFilter(record -> {
            throw new OutOfMemoryError("of a test");
        });
        try {
            inPool.deregisterClient(inPool.registerClient(new LoneClient(() -> {
                now.set(SlowCallbacks.LIMIT.toNanos() + 1);
                ObstacleTest.await(() -> held.get() == 1);
            })));
        } finally {
            logger.setFilter(before);
            watched.shutdown();
        }

        assertThat(balance).hasValue(0);
    }
}
