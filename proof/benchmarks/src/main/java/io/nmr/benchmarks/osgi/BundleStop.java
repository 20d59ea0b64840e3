package io.nmr.benchmarks.osgi;

import java.io.IOException;
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

/**
 * Time of the stop of a provider's bundle: the whole of it where no call is in progress, and what is left of it when the
 * last call in progress returns.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
public class BundleStop {

    @Param({"FELIX", "EQUINOX"})
    public Platform platform;

    private Container container;
    private Draining provider;

    @Setup
    public void open() throws BundleException, IOException {
        container = Container.start(platform);
        container.startAll("io.nmr.registrar");
        provider = new Draining(container, 0);
    }

    @Setup(Level.Invocation)
    public void publish() throws BundleException {
        provider.publish();
    }

    @Benchmark
    public void withoutCall() throws BundleException {
        provider.bundle().stop();
    }

    /** From the return of the call to the return of the stop, which another thread waits in. */
    @Benchmark
    public void afterLastCall(StopUnderWay stop) {
        provider.endCall();
        stop.awaitReturn();
    }

    /** A stop that waits for the call to return. */
    @State(Scope.Benchmark)
    public static class StopUnderWay {

        private BackgroundStop stop;

        @Setup(Level.Invocation)
        public void begin(BundleStop benchmark) {
            benchmark.provider.beginCall();
            stop = BackgroundStop.of(benchmark.provider.bundle()::stop);
            stop.awaitWaiting(benchmark.provider::detaches);
        }

        void awaitReturn() {
            stop.awaitReturn();
        }
    }

    @TearDown
    public void close() throws BundleException, IOException {
        container.close();
    }
}
