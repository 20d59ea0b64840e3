package io.nmr.registrar;

import static org.assertj.core.api.Assertions.assertThat;

import io.nmr.api.ClientRegistration;
import io.nmr.engine.Effect;
import io.nmr.engine.RegistrarEngine;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** O3: whom a drain interrupts that takes too long because of a callback of its own bundle. */
class DrainWatchTest {

    private static final long BEGIN = 0;
    private static final long OVERDUE = TimeUnit.SECONDS.toNanos(30);

    private final Log log = new Log();
    private final RegistrarEngine engine = new RegistrarEngine();
    private final WallClock clock = new WallClock(() -> BEGIN, InstantSource.system());
    private final RuntimeEvents events = new RuntimeEvents(clock, log);
    private final CurrentSettings settings =
            new CurrentSettings(Map.of(Setting.OVERDUE.key(), "interrupt")::get, changed -> { }, log);
    private final Drains drains = new Drains(engine, settings, clock, events);
    private final SlowCallbacks callbacks = new SlowCallbacks(log, () -> BEGIN);
    private final DrainWatch watch = new DrainWatch(drains, engine, settings, callbacks, log);
    private final Effect effect = LoneClient.effect();
    private final Thread bundles = Thread.currentThread();
    private final RecordedLog recorded = new RecordedLog();

    @AfterEach
    void shutdown() {
        watch.shutdown();
        callbacks.shutdown();
        events.shutdown();
        recorded.stop();
        assertThat(Thread.interrupted()).isFalse();
    }

    /** Of one module, which has a second; {@code age} tells whoever looks at it how long ago it began. */
    private DrainUnderWay begin(LongSupplier age) {
        ClientRegistration module = engine.registerClient(new LoneClient(() -> { }));
        LongSupplier nanoTime = () -> Thread.currentThread() == bundles ? BEGIN : age.getAsLong();
        DrainUnderWay drain = new DrainUnderWay(
                drains.nextNumber(),
                "a bundle",
                Map.of(module, Duration.ofSeconds(1)),
                engine.view().load(Set.of(module)),
                nanoTime);
        drains.begun(drain);
        watch.arm();
        return drain;
    }

    /** Inside a callback of the bundle's own. */
    private void call(Runnable callback) {
        CallbackLane lane = callbacks.open(SlowCallbacks.Pool.NONE);
        lane.tryBegin(effect, BEGIN);
        try {
            callback.run();
        } finally {
            lane.end();
            callbacks.close(lane);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    /** Answers that which no look keeps any more, once the drain has ended. */
    private WeakReference<DrainUnderWay> overdueFromTheThirdLookOn() {
        AtomicInteger looks = new AtomicInteger();
        DrainUnderWay drain = begin(() -> looks.incrementAndGet() < 3 ? BEGIN : OVERDUE);
        call(() -> ObstacleTest.await(Thread.currentThread()::isInterrupted));
        assertThat(looks).hasValueGreaterThanOrEqualTo(3);
        int interrupted = looks.get();
        call(() -> ObstacleTest.await(() -> looks.get() > interrupted + 2));
        drains.ended(drain, true);
        return new WeakReference<>(drain);
    }

    @Test
    void O3_callbackThatKeepsItsDrainTooLong_isInterrupted_once_andNothingOfTheDrainIsKept() {
        recorded.start();
        WeakReference<DrainUnderWay> ended = overdueFromTheThirdLookOn();

        assertThat(recorded.messages()).singleElement().asString().startsWith("NMR204 Interrupted");
        ObstacleTest.await(() -> {
            System.gc();
            return ended.get() == null;
        });
    }

    /** The drain ends after the look has begun, and before it interrupts. */
    @Test
    void O3_callbackOfTheNextDrain_isNotInterrupted_forOneThatEndsWhileItIsLookedAt() {
        recorded.start();
        CountDownLatch looksAtTheFirst = new CountDownLatch(1);
        CountDownLatch nextIsInsideACallback = new CountDownLatch(1);
        CountDownLatch looksAgain = new CountDownLatch(1);
        DrainUnderWay first = begin(() -> {
            looksAtTheFirst.countDown();
            await(nextIsInsideACallback);
            return OVERDUE;
        });
        await(looksAtTheFirst);
        drains.ended(first, true);

        DrainUnderWay next = begin(() -> {
            looksAgain.countDown();
            return BEGIN;
        });
        call(() -> {
            nextIsInsideACallback.countDown();
            await(looksAgain);
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        });
        drains.ended(next, true);

        assertThat(recorded.messages()).isEmpty();
    }

    /** A callback of the drain drains another bundle, after the look has begun and before it interrupts. */
    @Test
    void O3_callbackOfADrainWithinAnother_isNotInterrupted_forTheOneAround() {
        CountDownLatch looksAtTheOuter = new CountDownLatch(1);
        CountDownLatch innerIsInsideACallback = new CountDownLatch(1);
        CountDownLatch looksAgain = new CountDownLatch(1);
        DrainUnderWay outer = begin(() -> {
            looksAtTheOuter.countDown();
            await(innerIsInsideACallback);
            return OVERDUE;
        });
        call(() -> {
            await(looksAtTheOuter);
            DrainUnderWay inner = begin(() -> {
                looksAgain.countDown();
                return BEGIN;
            });
            call(() -> {
                innerIsInsideACallback.countDown();
                await(looksAgain);
                assertThat(Thread.currentThread().isInterrupted()).isFalse();
            });
            drains.ended(inner, true);
        });
        drains.ended(outer, true);
    }
}
