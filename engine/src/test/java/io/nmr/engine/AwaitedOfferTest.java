package io.nmr.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.nmr.engine.History.What;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** R9: whoever registers waits for the offers, where the executor makes them on another thread. */
class AwaitedOfferTest extends EngineTest {

    private final CountDownLatch mayAnswer = new CountDownLatch(1);

    @Override
    BiConsumer<Effect, Runnable> performing() {
        return (effect, performance) -> {
            if (effect.kind() == Effect.Kind.OFFER) {
                rig.crew.run(performance);
            } else {
                performance.run();
            }
        };
    }

    private RecordingClient slowClient() {
        RecordingClient client = rig.client("client");
        client.onAttach = link -> {
            RegistrationRulesTest.awaitQuietly(mayAnswer);
            return link.attach().status();
        };
        return client;
    }

    @Test
    void R9_registration_returnsOnceItsOfferIsAnswered() {
        RecordingClient client = slowClient();
        rig.register(rig.provider("provider"));
        Crew.Member<RecordingClient> registering = rig.crew.start(() -> rig.register(client));
        registering.awaitBlocked();
        assertThat(history.count(What.ATTACH_END, client)).isZero();

        mayAnswer.countDown();

        registering.join();
        history.only(What.ATTACH_END, client);
    }

    @Test
    void R9_interruptWhileItWaits_isKept_andItWaitsOn() {
        RecordingClient client = slowClient();
        rig.register(rig.provider("provider"));
        Crew.Member<Boolean> registering = rig.crew.start(() -> {
            rig.register(client);
            assertThat(history.count(What.ATTACH_END, client)).isEqualTo(1);
            return Thread.interrupted();
        });
        registering.awaitBlocked();

        registering.thread.interrupt();
        history.await("it waits on", () -> !registering.thread.isInterrupted());
        mayAnswer.countDown();

        assertThat(registering.join()).isTrue();
    }
}
