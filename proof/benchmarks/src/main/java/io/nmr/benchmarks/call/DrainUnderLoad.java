package io.nmr.benchmarks.call;

import io.nmr.api.ModuleId;
import io.nmr.api.NpiId;
import io.nmr.api.ProviderRegistration;
import io.nmr.engine.RegistrarEngine;
import io.nmr.typed.Npi;
import io.nmr.typed.NpiClient;
import io.nmr.typed.NpiProvider;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.runner.IterationType;

/**
 * What becomes of the calls of a typed client while the newer of its two providers detaches: a time series, whose
 * iterations are its points. In the first third both are attached. Then the newer one is deregistered while a call of it is
 * in progress, which holds up its detach for the second third. In the last one it is gone.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@State(Scope.Benchmark)
public class DrainUnderLoad {

    private static final ModuleId MODULE = ModuleId.of("00000000-0000-0000-0000-000000000002");
    private static final Npi<Void, Lookup> NPI =
            Npi.of(NpiId.of("00000000-0000-0000-0000-000000000003"), "lookup", Lookup.class);
    private static final int NEWER = 1;
    private static final int OLDER = 2;
    private static final int WORK = 200;
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final RegistrarEngine engine = new RegistrarEngine();
    private final NpiClient<Void, Lookup> client = NpiClient.of(NPI, MODULE);
    private Lookup held;
    private ProviderRegistration newer;
    private CallInProgress inProgress;
    private int iteration;

    /** Where the calls of one thread went. */
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    @State(Scope.Thread)
    public static class Calls {

        /** Answered by the newer provider. */
        public long newer;

        /** Answered by the older one. */
        public long older;

        /** Made through the newer one's dispatch table, kept from an earlier call, and not let in. */
        public long refused;
    }

    @Setup
    public void attach() {
        engine.registerProvider(NpiProvider.of(NPI, MODULE, answering(OLDER)).withNumber(1));
        newer = engine.registerProvider(NpiProvider.of(NPI, MODULE, answering(NEWER)).withNumber(2));
        engine.registerClient(client);
        held = client.call(lookup -> lookup);
    }

    private static Lookup answering(int provider) {
        return address -> {
            Blackhole.consumeCPU(WORK);
            return provider;
        };
    }

    @Setup(Level.Iteration)
    public void advance(IterationParams iterations) throws InterruptedException {
        if (iterations.getType() == IterationType.MEASUREMENT) {
            iteration++;
            if (iteration == iterations.getCount() / 3 + 1) {
                inProgress = CallInProgress.begin(client);
                engine.deregister(newer);
            } else if (iteration == 2 * iterations.getCount() / 3 + 1) {
                endCallInProgress();
            }
        }
    }

    /** The client chooses the provider. */
    @Benchmark
    public void client(Calls calls) {
        count(client.call(lookup -> lookup.lookup(0)), calls);
    }

    /** The newer provider's dispatch table was kept; when it refuses, the client chooses another. */
    @Benchmark
    public void keptDispatch(Calls calls) {
        try {
            count(held.lookup(0), calls);
        } catch (IllegalStateException detached) {
            calls.refused++;
            count(client.call(lookup -> lookup.lookup(0)), calls);
        }
    }

    private static void count(int provider, Calls calls) {
        if (provider == NEWER) {
            calls.newer++;
        } else {
            calls.older++;
        }
    }

    @TearDown
    public void endCallInProgress() throws InterruptedException {
        if (inProgress != null) {
            inProgress.end();
            inProgress = null;
            if (!engine.waitForProviderDeregisterComplete(newer, LONGEST).isSuccess()) {
                throw new IllegalStateException("not drained although no call is in progress");
            }
        }
    }
}
