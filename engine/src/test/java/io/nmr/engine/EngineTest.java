package io.nmr.engine;

import io.nmr.engine.History.What;
import io.nmr.engine.spi.EffectTask;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A test of an engine, whose invariants are checked after it. */
abstract class EngineTest {

    Rig rig;
    History history;

    /** Given each effect, and what performs it. */
    BiConsumer<EffectTask, Runnable> performing() {
        return (effect, performance) -> performance.run();
    }

    /** The clock of the engine. */
    LongSupplier nanoTime() {
        return System::nanoTime;
    }

    @BeforeEach
    void setUp() {
        rig = new Rig(performing(), nanoTime());
        history = rig.history;
    }

    @AfterEach
    void checkInvariants() {
        rig.finish();
    }

    /** A client and a provider, attached, each with the gate that it announced. */
    final void attachedWithGates(RecordingClient client, RecordingProvider provider) {
        client.onAttach = link -> {
            link.announce();
            return link.attach().status();
        };
        provider.onAttach = link -> {
            link.announce();
            return link.accept();
        };
        attached(client, provider);
    }

    /** A client and a provider, attached. */
    final void attached(RecordingClient client, RecordingProvider provider) {
        rig.registerAll(client, provider);
        history.only(What.ATTACH_END, client);
    }
}
