package io.nmr.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.nmr.api.ClientBindingHandle;
import io.nmr.api.ClientCharacteristics;
import io.nmr.api.ClientRegistration;
import io.nmr.api.ModuleId;
import io.nmr.api.NmrStatus;
import io.nmr.api.RegistrationInstance;
import io.nmr.api.runtime.RegistrarEvent.OfIncident.Kind;
import io.nmr.engine.History.What;
import io.nmr.engine.spi.EffectTask;
import io.nmr.engine.spi.EngineSettings;
import io.nmr.engine.spi.Incident;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** Executors and listeners that fail lose nothing. */
class ContainmentTest extends EngineTest {

    private BiConsumer<EffectTask, Runnable> executor = (effect, performance) -> performance.run();

    @Override
    BiConsumer<EffectTask, Runnable> performing() {
        return (effect, performance) -> executor.accept(effect, performance);
    }

    @Test
    void T2_anExecutorThatRejects_losesNothing() {
        AtomicInteger rejections = new AtomicInteger();
        executor = (effect, performance) -> {
            rejections.incrementAndGet();
            throw new RejectedExecutionException("saturated");
        };
        bindsAndUnbinds();
        assertRejected(rejections.get());
    }

    @Test
    void T2_anExecutorThatPerformsAndThenThrows_performsOnce() {
        AtomicInteger performed = new AtomicInteger();
        executor = (effect, performance) -> {
            performance.run();
            performed.incrementAndGet();
            throw new OutOfMemoryError("provoked");
        };
        bindsAndUnbinds();
        assertRejected(performed.get());
    }

    private void assertRejected(int expected) {
        assertThat(expected).as("offer, two notices, two cleanups, stages").isGreaterThanOrEqualTo(5);
        for (int i = 0; i < expected; i++) {
            rig.expectIncident(Kind.EFFECT_REJECTED, "T2");
        }
    }

    @Test
    void anExecutorThatPerformsEverythingTwice_callsOnce() {
        executor = (effect, performance) -> {
            performance.run();
            performance.run();
            effect.run();
        };
        bindsAndUnbinds();
    }

    private void bindsAndUnbinds() {
        RecordingClient client = rig.client("client");
        RecordingProvider provider = rig.provider("provider");
        client.pend();
        attached(client, provider);
        rig.deregister(provider);
        assertThat(history.only(What.DETACH_END, provider).outcome()).isEqualTo(NmrStatus.SUCCESS);
        client.link().complete();
        assertThat(rig.await(provider)).isEqualTo(NmrStatus.SUCCESS);
        rig.deregisterAndWait(client);
        assertThat(history.count(What.CLEANUP)).isEqualTo(2);
    }

    @Test
    void aListenerOfIncidentsThatThrows_harmsNobody_andBothAreLogged() {
        AtomicInteger logged = new AtomicInteger();
        Handler counting = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                logged.incrementAndGet();
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger log = Logger.getLogger("io.nmr.engine");
        boolean parents = log.getUseParentHandlers();
        log.setUseParentHandlers(false);
        log.addHandler(counting);
        try {
            RegistrarEngine engine = new RegistrarEngine(new EngineSettings(
                    EffectTask::run,
                    incident -> {
                        throw new IllegalStateException("a listener that throws");
                    },
                    System::nanoTime));
            misbehaveEverywhere(engine);
            assertThat(engine.registry.size()).isZero();
            assertThat(logged.get()).isGreaterThanOrEqualTo(5);
        } finally {
            log.removeHandler(counting);
            log.setUseParentHandlers(parents);
        }
    }

    private void misbehaveEverywhere(RegistrarEngine engine) {
        RecordingClient client = new RecordingClient(history, "client", rig.npi);
        RecordingProvider provider = new RecordingProvider(history, "provider", rig.npi);
        client.onAttach = link -> {
            link.attach();
            throw new IllegalStateException("attach");
        };
        for (RecordingModule module : new RecordingModule[] {client, provider}) {
            module.onDetach = link -> {
                throw new IllegalStateException("detach");
            };
            module.onCleanup = link -> {
                throw new IllegalStateException("cleanup");
            };
        }
        var first = engine.registerClient(client);
        var second = engine.registerProvider(provider);
        assertThat(engine.waitForClientDeregisterComplete(first, Rig.LONG)).isEqualTo(NmrStatus.INVALID_PARAMETER);
        assertThat(engine.deregisterClient(first)).isEqualTo(NmrStatus.PENDING);
        assertThat(engine.deregisterProvider(second)).isEqualTo(NmrStatus.PENDING);
        assertThat(engine.waitForClientDeregisterComplete(first, Rig.LONG)).isEqualTo(NmrStatus.SUCCESS);
        assertThat(engine.waitForProviderDeregisterComplete(second, Rig.LONG)).isEqualTo(NmrStatus.SUCCESS);
        assertThat(history.count(What.CLEANUP)).isEqualTo(2);
    }

    /** What an exception says of itself is foreign code, too. */
    private static final class Unspeakable extends RuntimeException {

        private static final long serialVersionUID = 1;

        @Override
        public String toString() {
            throw new IllegalStateException("the message of a test");
        }
    }

    /** Throws that in each callback but, if it is to attach, the first. */
    private record UnspeakableClient(RegistrationInstance clientRegistrationInstance, boolean attaches)
            implements ClientCharacteristics {

        @Override
        public NmrStatus attachProvider(ClientBindingHandle handle, Object context, RegistrationInstance provider) {
            if (attaches) {
                return handle.attach(null, null).status();
            }
            throw new Unspeakable();
        }

        @Override
        public NmrStatus detachProvider(Object bindingContext) {
            throw new Unspeakable();
        }

        @Override
        public void cleanupClientBindingContext(Object bindingContext) {
            throw new Unspeakable();
        }
    }

    private ClientRegistration unspeakable(boolean attaches) {
        RegistrationInstance instance =
                RegistrationInstance.of(rig.npi, new ModuleId.Guid(UUID.randomUUID()), 1, null);
        return rig.engine.registerClient(new UnspeakableClient(instance, attaches));
    }

    private void expectUnspeakable(String... rules) {
        assertThat(rig.incidents).hasSize(rules.length).extracting(Incident::message)
                .allSatisfy(message -> assertThat(message).contains("threw " + Unspeakable.class.getName()));
        for (String rule : rules) {
            rig.expectIncident(Kind.CALLBACK_FAILED, rule);
        }
    }

    @Test
    void D9_C1_aCallbackThatThrowsWhatCannotBeDescribed_isContained() {
        rig.register(rig.provider("provider"));
        ClientRegistration client = unspeakable(true);
        rig.engine.deregisterClient(client);
        assertThat(rig.engine.waitForClientDeregisterComplete(client, Rig.LONG)).isEqualTo(NmrStatus.SUCCESS);
        expectUnspeakable("D9", "C1");
    }

    @Test
    void A2_anAttachThatThrowsWhatCannotBeDescribed_isARefusal() {
        rig.register(rig.provider("provider"));
        ClientRegistration client = unspeakable(false);
        assertThat(rig.engine.view().bindings()).isEmpty();
        expectUnspeakable("A11");
        rig.engine.deregisterClient(client);
    }

    @Test
    void plainSettings_logIncidents() {
        Logger log = Logger.getLogger("io.nmr.engine");
        log.setUseParentHandlers(false);
        try {
            assertThat(new RegistrarEngine().deregisterClient(null)).isEqualTo(NmrStatus.INVALID_PARAMETER);
        } finally {
            log.setUseParentHandlers(true);
        }
    }
}
