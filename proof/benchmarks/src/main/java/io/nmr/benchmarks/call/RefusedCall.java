package io.nmr.benchmarks.call;

import io.nmr.api.CallGate;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Time of one call that is refused, of a binding that has been closed with a call in progress. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
public class RefusedCall {

    private final Lookup direct = new Lookup.Plain();
    private final Lookup atomicLong = new AtomicLongLookup(direct).closed();
    private final SynchronizedLookup synchronizedCounter = new SynchronizedLookup(direct);
    private final Lookup readWriteLock = new ReadWriteLockLookup(direct).closed();
    private final CallGate.Closer closer = CallGate.open();
    private final Lookup callGate = new GatedLookup(closer.gate(), direct);

    @Setup
    public void close() throws InterruptedException {
        Contention.inflate(closer.gate());
        closer.gate().enter();
        closer.close(() -> {});
        synchronizedCounter.close();
    }

    @Benchmark
    public int refusedByAtomicLong(TrackedCall.Caller caller) {
        return atomicLong.lookup(caller.address);
    }

    @Benchmark
    public int refusedBySynchronizedCounter(TrackedCall.Caller caller) {
        return synchronizedCounter.lookup(caller.address);
    }

    @Benchmark
    public int refusedByReadWriteLock(TrackedCall.Caller caller) {
        return readWriteLock.lookup(caller.address);
    }

    @Benchmark
    public int refusedByCallGate(TrackedCall.Caller caller) {
        return callGate.lookup(caller.address);
    }
}
