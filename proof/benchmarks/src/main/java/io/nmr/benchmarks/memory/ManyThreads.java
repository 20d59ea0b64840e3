package io.nmr.benchmarks.memory;

import io.nmr.benchmarks.call.Lookup;
import io.nmr.benchmarks.call.TypedLookup;
import io.nmr.typed.NpiClient;
import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Bytes of the heap that stay in use when many virtual threads have called, each once, and have ended: through one binding,
 * or the bare object. What the time says means nothing here. Needs a Java that has virtual threads.
 *
 * <p>Not all of them are there at once: the queues of the JDK's scheduler grow with the threads that wait for a processor,
 * to some megabytes if nobody holds them back, and never shrink.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@State(Scope.Benchmark)
public class ManyThreads {

    private static final int COLLECTIONS = 4;

    @Param("1000000")
    public int threads;

    @Param("1000")
    public int atOnce;

    private final Lookup bare = new Lookup.Plain();
    private final NpiClient<Void, Lookup> client = TypedLookup.attachedTo(new Lookup.Plain());
    private final Lookup guard = TypedLookup.guard(client);

    /** So that no call is optimized away. */
    private volatile int result;

    /** What was counted. */
    @AuxCounters(AuxCounters.Type.EVENTS)
    @State(Scope.Thread)
    public static class Bytes {

        public double kept;
    }

    @Benchmark
    public void call(Bytes bytes) throws ReflectiveOperationException, InterruptedException {
        bytes.kept = keptAfter(address -> client.call(lookup -> lookup.lookup(guard.lookup(address))));
    }

    /** The control: what as many threads keep that are tracked by nobody. */
    @Benchmark
    public void bareCall(Bytes bytes) throws ReflectiveOperationException, InterruptedException {
        bytes.kept = keptAfter(address -> bare.lookup(bare.lookup(address)));
    }

    /** The first tenth only brings what threads need at all into being. */
    private long keptAfter(IntUnaryOperator call) throws ReflectiveOperationException, InterruptedException {
        callFrom(threads / 10, call);
        long before = used();
        callFrom(threads, call);
        return Math.max(0, used() - before);
    }

    private void callFrom(int count, IntUnaryOperator call) throws ReflectiveOperationException, InterruptedException {
        ExecutorService executor = threadPerTask();
        Semaphore room = new Semaphore(atOnce);
        for (int i = 0; i < count; i++) {
            int address = i;
            room.acquire();
            executor.execute(() -> {
                try {
                    result = call.applyAsInt(address);
                } finally {
                    room.release();
                }
            });
        }
        executor.shutdown();
        if (!executor.awaitTermination(1, TimeUnit.MINUTES)) {
            throw new IllegalStateException("the threads have not ended");
        }
    }

    /** By name, since it is compiled for a Java that has none. */
    private static ExecutorService threadPerTask() throws ReflectiveOperationException {
        try {
            return (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static long used() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
