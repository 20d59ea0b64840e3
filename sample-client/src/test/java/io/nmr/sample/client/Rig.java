package io.nmr.sample.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.nmr.api.Registration;
import io.nmr.engine.RegistrarEngine;
import io.nmr.engine.spi.EffectTask;
import io.nmr.engine.spi.EngineSettings;
import io.nmr.engine.spi.Incident;
import io.nmr.sample.npi.AddressFamily;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The engine. After each test it has seen no incident. */
final class Rig implements AfterEachCallback {

    static final Duration LONG = Duration.ofSeconds(20);

    private final List<Incident> incidents = new CopyOnWriteArrayList<>();
    private final RegistrarEngine engine =
            new RegistrarEngine(new EngineSettings(EffectTask::run, incidents::add, System::nanoTime));

    LookupClient client(Duration patience) {
        LookupClient client = new LookupClient(patience);
        register(client);
        return client;
    }

    Registration register(LookupClient client) {
        return engine.registerClient(client.module());
    }

    void deregister(Registration registration) {
        engine.deregister(registration);
    }

    /** Not registered yet. */
    FakeProvider provider(long number, AddressFamily... families) {
        return new FakeProvider(engine, number, families);
    }

    static long inProgress(LookupClient client) {
        return client.providers().stream().mapToLong(provider -> provider.callsInProgress()).sum();
    }

    static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        assertThat(incidents).isEmpty();
    }
}
