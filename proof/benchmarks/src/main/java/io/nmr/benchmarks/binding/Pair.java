package io.nmr.benchmarks.binding;

import io.nmr.api.ClientCharacteristics;
import io.nmr.api.ClientRegistration;
import io.nmr.api.NetworkModuleRegistrar;
import io.nmr.api.NmrStatus;
import io.nmr.api.ProviderCharacteristics;
import io.nmr.api.ProviderRegistration;
import io.nmr.engine.RegistrarEngine;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Time to register a module, which attaches it to one other, to deregister it and to wait until that is complete, with a
 * number of bindings already there: the plain Java API.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
public class Pair {

    private static final Duration NO_TIME = Duration.ZERO;

    /** How many bindings there are already. */
    @Param({"10", "1000", "10000", "50000"})
    public int n;

    /** Whether those are of the module that the new one is attached to, or of as many other NPIs. */
    @Param({"SAME", "OTHER"})
    public Others others;

    @Param({"RAW", "TYPED"})
    public Modules modules;

    /** The NPIs of the bindings that are there already. */
    public enum Others {
        SAME,
        OTHER
    }

    private final NetworkModuleRegistrar registrar = new RegistrarEngine();
    private ClientCharacteristics client;
    private ProviderCharacteristics provider;

    @Setup
    public void populate() {
        client = modules.client(0);
        provider = modules.provider(0);
        for (int i = 1; i <= n; i++) {
            if (others == Others.OTHER) {
                registrar.registerClient(modules.client(i));
                registrar.registerProvider(modules.provider(i));
            }
        }
    }

    /** A client comes and goes; the others of its NPI are clients of the one provider. */
    @Benchmark
    public NmrStatus client(ManyClients there) {
        ClientRegistration registration = registrar.registerClient(client);
        registrar.deregisterClient(registration);
        return registrar.waitForClientDeregisterComplete(registration, NO_TIME);
    }

    /** A provider comes and goes; the others of its NPI are providers of the one client. */
    @Benchmark
    public NmrStatus provider(ManyProviders there) {
        ProviderRegistration registration = registrar.registerProvider(provider);
        registrar.deregisterProvider(registration);
        return registrar.waitForProviderDeregisterComplete(registration, NO_TIME);
    }

    /** One provider, and its clients. */
    @State(Scope.Benchmark)
    public static class ManyClients {

        @Setup
        public void populate(Pair pair) {
            pair.registrar.registerProvider(pair.modules.provider(0));
            for (int i = 0; i < pair.n && pair.others == Others.SAME; i++) {
                pair.registrar.registerClient(pair.modules.client(0));
            }
        }
    }

    /** One client, and its providers. */
    @State(Scope.Benchmark)
    public static class ManyProviders {

        @Setup
        public void populate(Pair pair) {
            pair.registrar.registerClient(pair.modules.client(0));
            for (int i = 0; i < pair.n && pair.others == Others.SAME; i++) {
                pair.registrar.registerProvider(pair.modules.provider(0));
            }
        }
    }
}
