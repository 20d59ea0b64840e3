package io.nmr.benchmarks.binding;

import io.nmr.api.ClientCharacteristics;
import io.nmr.api.NmrStatus;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The control of {@link Pair#client}: what the same modules take with a {@link Sketch}. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
public class SketchedPair {

    /** How many bindings there are already. */
    @Param("10")
    public int n;

    private final Sketch sketch = new Sketch();
    private final ClientCharacteristics client = Modules.RAW.client(0);

    @Setup
    public void populate() {
        sketch.registerProvider(Modules.RAW.provider(0));
        for (int i = 0; i < n; i++) {
            sketch.registerClient(client);
        }
    }

    @Benchmark
    public NmrStatus client() {
        return sketch.deregister(sketch.registerClient(client));
    }
}
