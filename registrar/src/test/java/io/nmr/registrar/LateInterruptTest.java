package io.nmr.registrar;

import static org.assertj.core.api.Assertions.assertThat;

import io.nmr.engine.Effect;
import java.nio.channels.spi.AbstractInterruptibleChannel;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** O3: an interrupt that takes its time, while the callback that it is for ends. */
class LateInterruptTest {

    private static final long BEGIN = 100;

    private final Effect effect = LoneClient.effect();
    private final CountDownLatch running = new CountDownLatch(1);
    private final CountDownLatch decided = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final CountDownLatch made = new CountDownLatch(1);
    private volatile CallbackLane lane;
    private volatile boolean lockedAtClose = true;
    private volatile boolean again = true;

    private static boolean isOver(CountDownLatch latch) {
        return latch.getCount() == 0;
    }

    /** Whether an interrupt is left, once it has been made, after a callback that ends as soon as it is decided on. */
    private boolean callback(Runnable waiting) throws InterruptedException {
        lane = new CallbackLane(SlowCallbacks.Pool.NONE);
        lane.tryBegin(effect, BEGIN);
        waiting.run();
        running.countDown();
        ObstacleTest.await(() -> isOver(decided));
        lane.end();
        ended.countDown();
        ObstacleTest.await(() -> isOver(made));
        return Thread.interrupted();
    }

    private void interrupt(Thread thread, boolean decidedAtOnce) throws InterruptedException {
        thread.start();
        assertThat(running.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(lane.interrupt(thread, BEGIN, () -> {
            if (decidedAtOnce) {
                decided.countDown();
            }
            return true;
        })).isTrue();
        made.countDown();
    }

    /** Interrupted when it waits for that at the end of its callback; or after that, if it does not. */
    private final class InterruptedAtTheEnd extends Thread {

        InterruptedAtTheEnd(Runnable work) {
            super(work);
        }

        @Override
        public void interrupt() {
            ObstacleTest.await(() -> getState() == State.TIMED_WAITING || isOver(ended));
            super.interrupt();
        }
    }

    /** What a thread is about to wait for; whoever interrupts it closes it, which takes until its callback has ended. */
    private final class Channel extends AbstractInterruptibleChannel {

        private Thread thread;

        void beginToWait() {
            thread = Thread.currentThread();
            begin();
        }

        @Override
        protected void implCloseChannel() {
            lockedAtClose = Thread.holdsLock(lane);
            again = lane.interrupt(thread, BEGIN, () -> true);
            decided.countDown();
            ObstacleTest.await(() -> isOver(ended));
        }
    }

    @Test
    void O3_interruptAsTheCallbackEnds_isAwaited_andDoesNotReachWhatFollows() throws Exception {
        FutureTask<Boolean> left = new FutureTask<>(() -> callback(() -> { }));
        interrupt(new InterruptedAtTheEnd(left), true);

        assertThat(left.get(20, TimeUnit.SECONDS)).isFalse();
    }

    /** It may wait for what the thread of the callback holds. */
    @Test
    void O3_interruptThatClosesAChannel_doesSoWithoutALock_andKeepsTheCallbackForNoLongerThanItsBound() throws Exception {
        Channel channel = new Channel();
        FutureTask<Boolean> left = new FutureTask<>(() -> callback(channel::beginToWait));
        interrupt(new Thread(left), false);

        assertThat(left.get(20, TimeUnit.SECONDS)).isFalse();
        assertThat(lockedAtClose).isFalse();
        assertThat(again).as("one at a time").isFalse();
    }
}
