package io.nmr.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who is inside a call, as seen by others. */
class ThreadsInsideTest {

    private static final long PATIENCE_SECONDS = 30;

    private final CallGate gate = CallGate.open().gate();
    private final CallGate other = CallGate.open().gate();
    private final List<FutureTask<?>> started = new ArrayList<>();

    @AfterEach
    void everyThreadHasEnded() throws Exception {
        for (FutureTask<?> task : started) {
            task.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
        assertThat(CallChain.threadsInside(gate)).isEmpty();
        assertThat(CallChain.threadsInside(other)).isEmpty();
    }

    /** A thread that is inside calls until it is released. */
    private final class Caller implements Callable<Void> {

        private final CountDownLatch inside = new CountDownLatch(1);
        private final CountDownLatch release = new CountDownLatch(1);
        private final int depth;

        Caller(int depth) {
            this.depth = depth;
        }

        @Override
        public Void call() throws InterruptedException {
            CallChain.enter(gate);
            try {
                goDeeper(depth);
                return null;
            } finally {
                CallChain.exit(gate);
            }
        }

        private void goDeeper(int remaining) throws InterruptedException {
            if (remaining == 0) {
                inside.countDown();
                await(release);
                return;
            }
            CallChain.enter(other);
            try {
                goDeeper(remaining - 1);
            } finally {
                CallChain.exit(other);
            }
        }
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    private Thread start(Callable<?> work) {
        FutureTask<?> task = new FutureTask<>(work);
        started.add(task);
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void release(Thread thread, Caller caller) throws InterruptedException {
        caller.release.countDown();
        thread.join();
    }

    @Test
    void ofCallersAlone_andWhileTheyAreInside() throws InterruptedException {
        Caller one = new Caller(0);
        Caller two = new Caller(1);
        Thread first = start(one);
        Thread second = start(two);
        await(one.inside);
        await(two.inside);

        assertThat(CallChain.threadsInside(gate)).containsExactlyInAnyOrder(first, second);
        assertThat(CallChain.threadsInside(other)).containsExactly(second);

        release(first, one);
        assertThat(CallChain.threadsInside(gate)).containsExactly(second);
        release(second, two);
    }

    @Test
    void ofACallerDeeperThanItsFirstArrays_once() throws InterruptedException {
        Caller caller = new Caller(100);
        Thread thread = start(caller);
        await(caller.inside);

        assertThat(CallChain.threadsInside(gate)).containsExactly(thread);
        assertThat(CallChain.threadsInside(other)).containsExactly(thread);
        release(thread, caller);
    }

    @Test
    void ofTheAskingThreadToo() {
        CallChain.enter(gate);
        assertThat(CallChain.threadsInside(gate)).containsExactly(Thread.currentThread());
        CallChain.exit(gate);
    }

    @Test
    void aCallThatWentOnAsynchronously_isCountedAndInsideOfNoThread() {
        CallChain.enterAsync(gate);
        int token = CallChain.leave(gate);
        assertThat(gate.inProgress()).isEqualTo(1);
        assertThat(CallChain.threadsInside(gate)).isEmpty();
        gate.exit(token);
    }

    /** Each of them takes over the slot of one that has ended, or there would be none left for the last. */
    @Test
    void threadsThatHaveEnded_leaveRoomForOthers() throws InterruptedException {
        for (int i = 0; i < 2 * LiveChains.SLOTS; i++) {
            Thread thread = new Thread(() -> {
                CallChain.enter(gate);
                CallChain.exit(gate);
            });
            thread.start();
            thread.join();
        }
        Caller caller = new Caller(0);
        Thread last = start(caller);
        await(caller.inside);
        assertThat(CallChain.threadsInside(gate)).containsExactly(last);
        release(last, caller);
    }

    @Test
    void R7_threadsAndGates_arePinnedByNobody() throws InterruptedException {
        List<WeakReference<?>> kept = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            CallGate own = CallGate.open().gate();
            Thread thread = new Thread(() -> CallChain.enter(own));
            thread.start();
            thread.join();
            kept.add(new WeakReference<>(own));
            kept.add(new WeakReference<>(thread));
        }
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!kept.isEmpty() && System.nanoTime() < deadline) {
            System.gc();
            kept.removeIf(reference -> reference.refersTo(null));
        }
        assertThat(kept).isEmpty();
    }

    @Test
    void ofAVirtualThread() throws Exception {
        assumeTrue(Runtime.version().feature() >= 21, "virtual threads are final from Java 21 on");
        Caller caller = new Caller(20);
        Thread thread = startVirtual(caller);
        await(caller.inside);

        assertThat(CallChain.threadsInside(gate)).containsExactly(thread);
        assertThat(thread.getStackTrace()).extracting(StackTraceElement::getMethodName).contains("goDeeper");
        release(thread, caller);
        Reference.reachabilityFence(thread);
    }

    /** With more of them inside at once than there are slots, the known ones are few, and each is named once. */
    @Test
    void ofMoreVirtualThreadsThanAreKnown() throws Exception {
        assumeTrue(Runtime.version().feature() >= 21, "virtual threads are final from Java 21 on");
        CountDownLatch inside = new CountDownLatch(2 * LiveChains.SLOTS);
        CountDownLatch release = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 2 * LiveChains.SLOTS; i++) {
            threads.add(startVirtual(() -> {
                CallChain.enter(gate);
                try {
                    inside.countDown();
                    await(release);
                    return null;
                } finally {
                    CallChain.exit(gate);
                }
            }));
        }
        await(inside);
        assertThat(gate.inProgress()).isEqualTo(2 * LiveChains.SLOTS);
        List<Thread> known = CallChain.threadsInside(gate);
        assertThat(known).doesNotHaveDuplicates().hasSizeBetween(LiveChains.SLOTS / 2, LiveChains.SLOTS);
        assertThat(threads).containsAll(known);
        release.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private Thread startVirtual(Callable<?> work) throws ReflectiveOperationException {
        FutureTask<?> task = new FutureTask<>(work);
        started.add(task);
        return (Thread) Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, task);
    }
}
