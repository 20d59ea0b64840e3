package io.nmr.registrar;

import static org.assertj.core.api.Assertions.assertThat;

import io.nmr.engine.Effect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several callbacks of one thread in one lane: each is slow, or interrupted, for itself. */
class CallbackLaneTest {

    private static final long BEGIN = 100;

    private final CallbackLane lane = new CallbackLane(SlowCallbacks.Pool.NONE);
    private final Effect first = LoneClient.effect();
    private final Effect second = LoneClient.effect();

    @AfterEach
    void noInterruptStays() {
        assertThat(Thread.interrupted()).isFalse();
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
        assertThat(lane.interrupt(Thread.currentThread(), BEGIN, () -> true)).isTrue();
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        lane.end();

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(lane.interrupt(Thread.currentThread(), BEGIN, () -> true)).as("between two").isFalse();
        lane.tryBegin(second, BEGIN + 1);
        Thread.currentThread().interrupt();
        lane.end();
        assertThat(Thread.interrupted()).as("that of others").isTrue();
    }

    @Test
    void O3_interruptOfOthers_thatTheCallbackTook_isNotGivenBack() {
        Thread.currentThread().interrupt();
        lane.tryBegin(first, BEGIN);
        lane.interrupt(Thread.currentThread(), BEGIN, () -> true);
        assertThat(Thread.interrupted()).isTrue();
        lane.end();
    }

    @Test
    void O3_interruptOfOthers_thatTheCallbackTookBefore_isNotGivenBack() {
        Thread.currentThread().interrupt();
        lane.tryBegin(first, BEGIN);
        assertThat(Thread.interrupted()).isTrue();
        lane.interrupt(Thread.currentThread(), BEGIN, () -> true);
        lane.end();
    }

    @Test
    void O3_twoInterrupts_ofOneCallback_leaveNone_butThatOfOthers() {
        lane.tryBegin(first, BEGIN);
        lane.interrupt(Thread.currentThread(), BEGIN, () -> true);
        lane.interrupt(Thread.currentThread(), BEGIN, () -> true);
        lane.end();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();

        Thread.currentThread().interrupt();
        lane.tryBegin(second, BEGIN);
        lane.interrupt(Thread.currentThread(), BEGIN, () -> true);
        lane.interrupt(Thread.currentThread(), BEGIN, () -> true);
        lane.end();
        assertThat(Thread.interrupted()).as("that of others").isTrue();
    }

    @Test
    void O3_callbackThatGoesOn_isInterruptedAgain_forAnotherDrain() {
        lane.tryBegin(first, BEGIN);
        assertThat(lane.interrupt(Thread.currentThread(), BEGIN, () -> true)).isTrue();
        assertThat(Thread.interrupted()).isTrue();

        assertThat(lane.interrupt(Thread.currentThread(), BEGIN, () -> true)).isTrue();
        assertThat(Thread.interrupted()).isTrue();
        lane.end();
    }

    @Test
    void O3_interrupt_isForItsThread_andForWhatBeganSince_andOnlyIfItIsDueThen() {
        lane.tryBegin(first, BEGIN);
        Thread other = new Thread(() -> { });

        assertThat(lane.interrupt(other, BEGIN, () -> true)).isFalse();
        assertThat(lane.interrupt(Thread.currentThread(), BEGIN + 1, () -> true)).isFalse();
        assertThat(lane.interrupt(Thread.currentThread(), BEGIN, () -> false)).isFalse();
        lane.end();
    }
}
