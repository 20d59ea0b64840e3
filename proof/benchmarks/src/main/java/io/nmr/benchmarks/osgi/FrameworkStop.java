package io.nmr.benchmarks.osgi;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.osgi.framework.BundleException;

/** Time of the stop of a framework with a hundred providers: without calls, and from the return of the last of a hundred. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@State(Scope.Benchmark)
public class FrameworkStop {

    private static final int PROVIDERS = 100;

    @Param({"FELIX", "EQUINOX"})
    public Platform platform;

    private final List<Draining> providers = new ArrayList<>();
    private Container container;

    @Setup(Level.Iteration)
    public void open() throws BundleException, IOException {
        container = Container.start(platform);
        container.startAll("io.nmr.registrar");
        for (int i = 0; i < PROVIDERS; i++) {
            providers.add(new Draining(container, i));
            providers.get(i).publish();
        }
    }

    @Benchmark
    public void withoutCalls() throws BundleException {
        container.framework().stop();
        container.awaitStopped();
    }

    @Benchmark
    public void afterLastCall(StopUnderWay stop) {
        providers.forEach(Draining::endCall);
        container.awaitStopped();
    }

    /** A stop that waits for a hundred calls to return. */
    @State(Scope.Benchmark)
    public static class StopUnderWay {

        @Setup(Level.Iteration)
        public void begin(FrameworkStop benchmark) throws BundleException {
            benchmark.providers.forEach(Draining::beginCall);
            benchmark.container.framework().stop();
            while (!benchmark.providers.stream().allMatch(Draining::detaches)) {
                Thread.onSpinWait();
            }
        }
    }

    @TearDown(Level.Iteration)
    public void close() throws BundleException, IOException {
        container.close();
        providers.clear();
    }
}
