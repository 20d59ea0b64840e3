package io.nmr.benchmarks.binding;

import io.nmr.api.ClientRegistration;
import io.nmr.api.NetworkModuleRegistrar;
import io.nmr.api.NmrStatus;
import io.nmr.api.ProviderRegistration;
import io.nmr.api.Registration;
import io.nmr.engine.RegistrarEngine;
import java.time.Duration;
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

/** Time to deregister one module that has many bindings, until all of them are cleaned up. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
public class Deregistration {

    /** How many bindings it has. */
    @Param({"1000", "50000"})
    public int n;

    @Param({"RAW", "TYPED"})
    public Modules modules;

    /** Which of the two it is. */
    @Param({"PROVIDER", "CLIENT"})
    public Role role;

    /** The role of the module that goes. */
    public enum Role {
        PROVIDER,
        CLIENT
    }

    private final RegistrarEngine engine = new RegistrarEngine();
    private Registration leaving;

    @Setup
    public void populate() {
        NetworkModuleRegistrar registrar = engine;
        for (int i = 0; i < n; i++) {
            switch (role) {
                case PROVIDER -> registrar.registerClient(modules.client(0));
                case CLIENT -> registrar.registerProvider(modules.provider(0));
            }
        }
    }

    @Setup(Level.Invocation)
    public void attach() {
        leaving = switch (role) {
            case PROVIDER -> engine.registerProvider(modules.provider(0));
            case CLIENT -> engine.registerClient(modules.client(0));
        };
    }

    @Benchmark
    public NmrStatus deregister() {
        engine.deregister(leaving);
        return switch (role) {
            case PROVIDER -> engine.waitForProviderDeregisterComplete((ProviderRegistration) leaving, Duration.ZERO);
            case CLIENT -> engine.waitForClientDeregisterComplete((ClientRegistration) leaving, Duration.ZERO);
        };
    }
}
