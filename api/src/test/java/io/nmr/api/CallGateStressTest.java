package io.nmr.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** T1 to T3 on several threads: callers race closers, over thousands of gates. */
class CallGateStressTest {

    private static final int GATES = 5_000;
    private static final int CALLERS = 3;
    private static final int CLOSERS = 2;

    private final ExecutorService threads = Executors.newFixedThreadPool(CALLERS + CLOSERS);

    @AfterEach
    void joinThreads() throws InterruptedException {
        threads.shutdown();
        assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }

    /** One gate, and what is seen of it. */
    private static final class Watched {

        final CallGate.Closer closer = CallGate.open();
        final CallGate gate = closer.gate();
        final AtomicInteger inside = new AtomicInteger();
        final AtomicInteger completions = new AtomicInteger();
        final AtomicInteger pending = new AtomicInteger();
        final AtomicInteger broken = new AtomicInteger();
        volatile boolean closed;

        void call() {
            for (int i = 0; i < 20; i++) {
                boolean closedBefore = closed;
                int token = gate.enter();
                if (token == CallGate.REFUSED) {
                    return;
                }
                inside.incrementAndGet();
                breakIf(closedBefore);
                breakIf(completions.get() > 0);
                inside.decrementAndGet();
                gate.exit(token);
            }
        }

        void close(int spin) {
            for (int i = 0; i < spin; i++) {
                Thread.onSpinWait();
            }
            NmrStatus status = closer.close(() -> {
                breakIf(inside.get() > 0);
                completions.incrementAndGet();
            });
            closed = true;
            if (status.equals(NmrStatus.PENDING)) {
                pending.incrementAndGet();
            } else {
                breakIf(inside.get() > 0);
            }
        }

        private void breakIf(boolean breaks) {
            if (breaks) {
                broken.incrementAndGet();
            }
        }
    }

    private void together(List<Callable<Void>> work) throws Exception {
        List<Future<Void>> running = new ArrayList<>();
        for (Callable<Void> one : work) {
            running.add(threads.submit(one));
        }
        for (Future<Void> one : running) {
            one.get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void T2_T3_callersRaceClosers_completionsOnce_neverDuringACall_noCallAfterClose() throws Exception {
        List<Watched> gates = Stream.generate(Watched::new).limit(GATES).toList();
        CyclicBarrier barrier = new CyclicBarrier(CALLERS + CLOSERS);
        List<Callable<Void>> work = new ArrayList<>();
        IntStream.range(0, CALLERS + CLOSERS).forEach(index -> work.add(() -> {
            for (int i = 0; i < GATES; i++) {
                barrier.await(20, TimeUnit.SECONDS);
                if (index < CALLERS) {
                    gates.get(i).call();
                } else {
                    gates.get(i).close((i * 7 + index) % 60);
                }
            }
            return null;
        }));
        together(work);

        assertThat(gates).allSatisfy(watched -> {
            assertThat(watched.broken).hasValue(0);
            assertThat(watched.completions).hasValue(watched.pending.get());
            assertThat(watched.gate.isClosed()).isTrue();
            assertThat(watched.gate.inProgress()).isZero();
        });
    }

    @Test
    void T2_whatCallsWrote_isSeenByTheCompletionAndByTheDrainedClose() throws Exception {
        for (int round = 0; round < 2_000; round++) {
            CallGate.Closer closer = CallGate.open();
            int[] unguarded = new int[2];
            int[] seen = {-1};
            int first = closer.gate().enter();
            int second = closer.gate().enter();
            CyclicBarrier barrier = new CyclicBarrier(3);
            together(List.of(
                    exiting(closer, barrier, unguarded, 0, first),
                    exiting(closer, barrier, unguarded, 1, second),
                    () -> {
                        barrier.await(20, TimeUnit.SECONDS);
                        if (closer.close(() -> seen[0] = unguarded[0] + unguarded[1]).isSuccess()) {
                            seen[0] = unguarded[0] + unguarded[1];
                        }
                        return null;
                    }));
            assertThat(seen[0]).isEqualTo(2);
        }
    }

    private static Callable<Void> exiting(
            CallGate.Closer closer, CyclicBarrier barrier, int[] unguarded, int index, int token) {
        return () -> {
            barrier.await(20, TimeUnit.SECONDS);
            unguarded[index] = 1;
            closer.gate().exit(token);
            return null;
        };
    }
}
