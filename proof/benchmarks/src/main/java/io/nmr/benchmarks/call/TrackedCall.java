package io.nmr.benchmarks.call;

import io.nmr.api.CallGate;
import io.nmr.typed.NpiClient;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Time of one call of a trivial method through one binding that all threads share, by how the calls are tracked. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
public class TrackedCall {

    /** What sort of threads call; {@code VIRTUAL} takes JMH's executor of that name. */
    @Param("PLATFORM")
    public CallingThreads callers;

    private final Lookup direct = new Lookup.Plain();
    private final Lookup atomicLong = new AtomicLongLookup(direct);
    private final Lookup synchronizedCounter = new SynchronizedLookup(direct);
    private final Lookup readWriteLock = new ReadWriteLockLookup(direct);
    private final Lookup stampedLock = new StampedLockLookup(direct);
    private final Lookup semaphore = new SemaphoreLookup(direct);
    private final Lookup phaser = new PhaserLookup(direct);
    private final Lookup callGate = new GatedLookup(CallGate.open().gate(), direct);
    private final Lookup handWrittenGuard = new ChainedLookup(CallGate.open().gate(), direct);
    private final Lookup proxyGuard = ProxyLookup.of(CallGate.open().gate(), direct);
    private final NpiClient<Void, Lookup> client = TypedLookup.attachedTo(direct);
    private final Lookup generatedGuard = TypedLookup.guard(TypedLookup.attachedTo(direct));
    private final CallGate contendedGate = CallGate.open().gate();
    private final Lookup contendedCallGate = new GatedLookup(contendedGate, direct);

    /** Of each thread: what it calls with, and a counter that no other thread comes near. */
    @State(Scope.Thread)
    public static class Caller {

        private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(long[].class);
        private static final int MIDDLE = 32;

        private final long[] counter = new long[2 * MIDDLE];
        int address = 42;

        long add() {
            return (long) ELEMENT.getAndAdd(counter, MIDDLE, 2L);
        }
    }

    @Setup
    public void contend() throws InterruptedException {
        callers.check(Thread.currentThread());
        Contention.inflate(contendedGate);
    }

    /** Control: the bare interface call. */
    @Benchmark
    public int direct(Caller caller) {
        return direct.lookup(caller.address);
    }

    /** Control: one locked instruction that no other thread waits for. */
    @Benchmark
    public int oneXadd(Caller caller) {
        return direct.lookup(caller.address) + (int) caller.add();
    }

    @Benchmark
    public int atomicLong(Caller caller) {
        return atomicLong.lookup(caller.address);
    }

    @Benchmark
    public int synchronizedCounter(Caller caller) {
        return synchronizedCounter.lookup(caller.address);
    }

    @Benchmark
    public int readWriteLock(Caller caller) {
        return readWriteLock.lookup(caller.address);
    }

    @Benchmark
    public int stampedLock(Caller caller) {
        return stampedLock.lookup(caller.address);
    }

    @Benchmark
    public int semaphore(Caller caller) {
        return semaphore.lookup(caller.address);
    }

    @Benchmark
    public int phaser(Caller caller) {
        return phaser.lookup(caller.address);
    }

    @Benchmark
    public int callGate(Caller caller) {
        return callGate.lookup(caller.address);
    }

    /** The gate and the chain for self-waits, by hand. */
    @Benchmark
    public int handWrittenGuard(Caller caller) {
        return handWrittenGuard.lookup(caller.address);
    }

    /** The same, generated: what user code holds. */
    @Benchmark
    public int generatedGuard(Caller caller) {
        return generatedGuard.lookup(caller.address);
    }

    /** The same, by reflection. */
    @Benchmark
    public int proxyGuard(Caller caller) {
        return proxyGuard.lookup(caller.address);
    }

    /** All of it: a provider chosen, a call admitted, and within it the guard. */
    @Benchmark
    public int clientCall(Caller caller) {
        return client.call(lookup -> lookup.lookup(caller.address));
    }

    /** A gate that several threads have used at the same time, however many do now. */
    @Benchmark
    public int callGateContendedBefore(Caller caller) {
        return contendedCallGate.lookup(caller.address);
    }
}
