package io.nmr.benchmarks.memory;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Bytes that a binding keeps while no two threads have contended for its gates. What the time says means nothing here. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@State(Scope.Benchmark)
public class BindingFootprint {

    @Param({"RAW_WITHOUT_GATES", "RAW", "RAW_OWNED", "TYPED", "TYPED_WITH_CALLBACKS"})
    public Shape shape;

    /** What was counted. */
    @AuxCounters(AuxCounters.Type.EVENTS)
    @State(Scope.Thread)
    public static class Bytes {

        /** Both sides of it. */
        public double perBinding;
    }

    @Benchmark
    public void count(Bytes bytes) {
        bytes.perBinding = shape.ofOneBinding().total();
    }
}
