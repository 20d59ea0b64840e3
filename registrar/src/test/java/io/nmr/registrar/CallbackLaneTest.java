package io.nmr.registrar;

import static org.assertj.core.api.Assertions.assertThat;

import io.nmr.api.ClientRegistration;
import io.nmr.engine.Effect;
import io.nmr.engine.EngineSettings;
import io.nmr.engine.RegistrarEngine;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several callbacks of one thread in one lane: each is slow, or interrupted, for itself. */
class CallbackLaneTest {

    private static final long BEGIN = 100;

    private final CallbackLane lane = new CallbackLane(SlowCallbacks.Pool.NONE);
    private final Effect first = effect();
    private final Effect second = effect();

    @AfterEach
    void noInterruptStays() {
        assertThat(Thread.interrupted()).isFalse();
    }

    private static Effect effect() {
        List<Effect> told = new ArrayList<>();
        RegistrarEngine engine = new RegistrarEngine(new EngineSettings(told::add, incident -> { }, System::nanoTime));
        ClientRegistration client = engine.registerClient(new LoneClient(() -> { }));
        engine.deregisterClient(client);
        return told.get(0);
    }

    @Test
    void design5_slowCallback_isNamedOnce_andTheNextOfItsLaneForItself() {
        assertThat(lane.tryBegin(first, BEGIN)).isTrue();
        assertThat(lane.becomeSlow(BEGIN)).as("not before").isNull();
        assertThat(lane.becomeSlow(BEGIN + 1))
                .isEqualTo(new CallbackLane.Slow(first, BEGIN, Thread.currentThread(), SlowCallbacks.Pool.NONE));
        assertThat(lane.becomeSlow(BEGIN + 2)).as("once").isNull();
        assertThat(lane.end()).isTrue();

        assertThat(lane.tryBegin(second, BEGIN + 3)).isTrue();
        assertThat(lane.becomeSlow(BEGIN + 3)).isNull();
        assertThat(lane.end()).as("of the next").isFalse();
    }

    @Test
    void design5_betweenTwoCallbacks_nothingIsSlow_andNothingIsKept() {
        lane.tryBegin(first, BEGIN);
        assertThat(lane.isRunning()).isTrue();
        lane.end();

        assertThat(lane.isRunning()).isFalse();
        assertThat(lane.becomeSlow(Long.MAX_VALUE)).isNull();
        assertThat(lane).extracting("running").isNull();
    }

    @Test
    void design5_callbackInsideOne_isNotOfItsLane_andLeavesItAsItIs() {
        lane.tryBegin(first, BEGIN);

        assertThat(lane.tryBegin(second, BEGIN + 5)).isFalse();

        assertThat(lane.becomeSlow(BEGIN + 1).effect()).isSameAs(first);
        lane.end();
    }

    @Test
    void O3_interruptOfOneCallback_doesNotReachTheNextOfItsLane() {
        lane.tryBegin(first, BEGIN);
        assertThat(lane.interrupt(Thread.currentThread(), BEGIN)).isTrue();
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        lane.end();

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(lane.interrupt(Thread.currentThread(), BEGIN)).as("between two").isFalse();
        lane.tryBegin(second, BEGIN + 1);
        Thread.currentThread().interrupt();
        lane.end();
        assertThat(Thread.interrupted()).as("that of others").isTrue();
    }

    @Test
    void O3_interrupt_isForItsThread_andForWhatBeganSince() {
        lane.tryBegin(first, BEGIN);
        Thread other = new Thread(() -> { });

        assertThat(lane.interrupt(other, BEGIN)).isFalse();
        assertThat(lane.interrupt(Thread.currentThread(), BEGIN + 1)).isFalse();
        lane.end();
    }
}
