package io.nmr.registrar;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.COLLECTION;

import io.nmr.engine.RegistrarEngine;
import io.nmr.engine.spi.EngineSettings;
import io.nmr.engine.spi.Incident;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.logging.Filter;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A callback that takes long is named while it runs, and the pool that lends its thread is told. */
class SlowCallbacksTest {

    private final List<Incident> failures = new ArrayList<>();

    @AfterEach
    void nothingFailed() {
        assertThat(failures).isEmpty();
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
                effect -> watched.run(effect, SlowCallbacks.Listener.NONE), failures::add, () -> 5));
        try {
            slowly.deregisterClient(slowly.registerClient(new LoneClient(
                    () -> ObstaclesTest.await(() -> !recorded.messages().isEmpty()))));
        } finally {
            watched.shutdown();
            recorded.stop();
        }

        assertThat(recorded.messages()).singleElement().asString().startsWith("NMR301 Slow").contains(" for 2000 ms");
        assertThat(clock.looks).hasValueGreaterThanOrEqualTo(3);
        assertThat(watched).extracting("running", as(COLLECTION)).isEmpty();
    }

    /** The pool adds up what keeps its threads: half a pair too much, and a thread is not replaced any more. */
    @Test
    void design5_slowCallbackThatCannotBeRecorded_isHeldAndReturnedAllTheSame() {
        AtomicInteger held = new AtomicInteger();
        AtomicInteger balance = new AtomicInteger();
        SlowCallbacks.Listener pool = new SlowCallbacks.Listener() {
            @Override
            public void slow() {
                balance.incrementAndGet();
                held.incrementAndGet();
            }

            @Override
            public void slowReturned() {
                balance.decrementAndGet();
            }
        };
        AtomicLong now = new AtomicLong();
        SlowCallbacks watched = new SlowCallbacks(new Log(), now::get);
        RegistrarEngine inPool = new RegistrarEngine(
                new EngineSettings(effect -> watched.run(effect, pool), failures::add, () -> 5));
        Logger logger = Logger.getLogger("io.nmr.registrar");
        Filter before = logger.getFilter();
        logger.setFilter(record -> {
            throw new StackOverflowError("of a test");
        });
        try {
            inPool.deregisterClient(inPool.registerClient(new LoneClient(() -> {
                now.set(SlowCallbacks.LIMIT.toNanos() + 1);
                ObstaclesTest.await(() -> held.get() == 1);
            })));
        } finally {
            logger.setFilter(before);
            watched.shutdown();
        }

        assertThat(balance).hasValue(0);
    }
}
