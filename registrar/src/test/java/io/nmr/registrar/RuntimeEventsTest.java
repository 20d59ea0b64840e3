package io.nmr.registrar;

import static org.assertj.core.api.Assertions.assertThat;

import io.nmr.api.AttachResult;
import io.nmr.api.ClientBindingHandle;
import io.nmr.api.ClientCharacteristics;
import io.nmr.api.ModuleId;
import io.nmr.api.NmrStatus;
import io.nmr.api.NpiId;
import io.nmr.api.ProviderBindingHandle;
import io.nmr.api.ProviderCharacteristics;
import io.nmr.api.Registration;
import io.nmr.api.RegistrationInstance;
import io.nmr.api.runtime.BundleRef;
import io.nmr.api.runtime.RegistrarEvent;
import io.nmr.api.runtime.RegistrarEvent.OfBinding;
import io.nmr.api.runtime.RegistrarEvent.OfDrain;
import io.nmr.api.runtime.RegistrarEvent.OfIncident;
import io.nmr.api.runtime.RegistrarEvent.OfModule;
import io.nmr.engine.RegistrarEngine;
import io.nmr.engine.spi.EffectTask;
import io.nmr.engine.spi.EngineSettings;
import io.nmr.engine.view.Load;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events on their way from the engine to listeners: numbered, in order, each listener for itself. */
class RuntimeEventsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
    private static final BundleRef BUNDLE = new BundleRef(7, "a.bundle", "1.2.3");

    private final RecordedLog recorded = new RecordedLog();
    private final RuntimeEvents events = new RuntimeEvents(new Log());
    private final RegistrarEngine engine = new RegistrarEngine(new EngineSettings(
            EffectTask::run, incident -> { }, () -> 3_000, InstantSource.fixed(NOW), events.ofEngine()));
    private final BlockingQueue<RegistrarEvent> told = new LinkedBlockingQueue<>();
    private final NpiId npi = new NpiId(UUID.randomUUID());

    @BeforeEach
    void record() {
        recorded.start();
    }

    @AfterEach
    void shutdown() {
        events.shutdown();
        recorded.stop();
    }

    private record Client(RegistrationInstance clientRegistrationInstance) implements ClientCharacteristics {

        @Override
        public String npiName() {
            return "a name";
        }

        @Override
        public NmrStatus attachProvider(ClientBindingHandle handle, Object context, RegistrationInstance provider) {
            return handle.attach(null, null).status();
        }

        @Override
        public NmrStatus detachProvider(Object bindingContext) {
            throw new IllegalStateException("the module of a test");
        }
    }

    private record Provider(RegistrationInstance providerRegistrationInstance) implements ProviderCharacteristics {

        @Override
        public AttachResult attachClient(
                ProviderBindingHandle handle,
                Object registrationContext,
                RegistrationInstance client,
                Object clientBindingContext,
                Object clientDispatch) {
            return new AttachResult.Attached(null, "dispatch");
        }

        @Override
        public NmrStatus detachClient(Object bindingContext) {
            return NmrStatus.SUCCESS;
        }
    }

    private RegistrationInstance instance() {
        return RegistrationInstance.of(npi, new ModuleId.Guid(UUID.randomUUID()), 4, null);
    }

    private Registration client() {
        Registration client = engine.prepareClient(new Client(instance()), BUNDLE);
        engine.register(client);
        return client;
    }

    private Registration provider() {
        Registration provider = engine.prepareProvider(new Provider(instance()), BUNDLE);
        engine.register(provider);
        return provider;
    }

    private List<RegistrarEvent> told(int howMany) throws InterruptedException {
        List<RegistrarEvent> taken = new ArrayList<>();
        while (taken.size() < howMany) {
            RegistrarEvent event = told.poll(20, TimeUnit.SECONDS);
            assertThat(event).as("event after %s", taken).isNotNull();
            taken.add(event);
        }
        return taken;
    }

    @Test
    void aWholeLife_numberedFromTheFirstOn() throws InterruptedException {
        events.add("listener", "listener", told::add);
        Registration client = client();
        Registration provider = provider();
        engine.deregister(provider);
        engine.deregister(client);

        List<RegistrarEvent> all = told(11);
        assertThat(all).extracting(RegistrarEvent::sequence)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 11).boxed().toList());
        assertThat(all.stream().map(event -> (Object) event.kind()).toList()).containsExactly(
                OfModule.Kind.REGISTERED,
                OfModule.Kind.REGISTERED,
                OfBinding.Kind.OFFERED,
                OfBinding.Kind.ATTACHED,
                OfModule.Kind.DEREGISTERING,
                OfBinding.Kind.DETACHING,
                OfIncident.Kind.CALLBACK_FAILED,
                OfBinding.Kind.DETACHED,
                OfModule.Kind.DEREGISTERED,
                OfModule.Kind.DEREGISTERING,
                OfModule.Kind.DEREGISTERED);
        OfModule first = (OfModule) all.get(0);
        assertThat(first.time()).isEqualTo(NOW);
        assertThat(first.module().npiName()).isEqualTo("a name");
        assertThat(first.module().npiId()).isEqualTo(npi.guid().toString());
        assertThat(first.module().number()).isEqualTo(4);
        assertThat(first.module().bundle()).hasToString("a.bundle 1.2.3 [7]");
    }

    @Test
    void whatHappensWhileNobodyListens_isCountedInTheNumbers() throws InterruptedException {
        client();
        Registration provider = provider();
        drain(1);
        events.add("listener", "listener", told::add);
        engine.deregister(provider);
        assertThat(told(1).get(0).sequence()).as("after four of the engine's and one drain").isEqualTo(6);
    }

    @Test
    void everyListenerIsToldAll_andASlowOneDelaysItselfAlone() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        BlockingQueue<RegistrarEvent> slowly = new LinkedBlockingQueue<>();
        events.add("slow", "slow", event -> {
            awaitQuietly(release);
            slowly.add(event);
        });
        events.add("listener", "listener", told::add);
        client();
        provider();
        List<RegistrarEvent> all = told(4);
        assertThat(slowly).isEmpty();
        release.countDown();
        for (RegistrarEvent event : all) {
            assertThat(slowly.poll(20, TimeUnit.SECONDS)).isEqualTo(event);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void oneThatFallsTooFarBehind_seesAGapInTheNumbers_andTheLogSaysSo() throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        events.add("slow", "the slow one", event -> {
            inside.countDown();
            awaitQuietly(release);
            told.add(event);
        });
        drain(1);
        assertThat(inside.await(20, TimeUnit.SECONDS)).isTrue();
        for (int i = 0; i < ListenerQueue.CAPACITY + 10; i++) {
            drain(2);
        }
        release.countDown();
        List<RegistrarEvent> all = told(1 + ListenerQueue.CAPACITY);
        drain(3);
        assertThat(all.get(all.size() - 1).sequence()).isEqualTo(1 + ListenerQueue.CAPACITY);
        assertThat(told(1).get(0).sequence()).isEqualTo(1 + ListenerQueue.CAPACITY + 10 + 1);
        assertThat(recorded.messages())
                .filteredOn(message -> message.startsWith("NMR502"))
                .containsExactly("NMR502 Listener too slow: the slow one has fallen behind; dropped events: 10");
    }

    private void drain(long number) {
        Drain drain = new Drain(
                number, Drain.Occasion.BUNDLE_STOPS, "something", Map.of(), new Load(1, 0, 0), () -> 0);
        events.drain(OfDrain.Kind.BEGUN, drain, Duration.ZERO, 0);
    }

    @Test
    void oneThatThrows_isToldTheNext_andTheLogNamesItNowAndThen() throws InterruptedException {
        events.add("failing", "the failing one", event -> {
            told.add(event);
            throw new IllegalStateException("the listener of a test");
        });
        for (int i = 0; i < 5; i++) {
            drain(i);
        }
        told(5);
        events.shutdown();
        assertThat(recorded.messages()).filteredOn(message -> message.startsWith("NMR501")).hasSize(3)
                .allSatisfy(message -> assertThat(message).contains("the failing one", "the listener of a test"));
    }

    @Test
    void oneThatThrowsWhatCannotBeDescribed_isToldTheNext() throws InterruptedException {
        events.add("failing", "the failing one", event -> {
            told.add(event);
            throw new IllegalStateException() {
                private static final long serialVersionUID = 1;

                @Override
                public String toString() {
                    throw new IllegalStateException("the message of a test");
                }
            };
        });
        for (int i = 0; i < 3; i++) {
            drain(i);
        }
        assertThat(told(3)).extracting(RegistrarEvent::sequence).containsExactly(1L, 2L, 3L);
    }

    @Test
    void oneThatWasTakenAway_isToldNothingMore() throws InterruptedException {
        events.add("gone", "gone", event -> {
            throw new AssertionError("told " + event);
        });
        events.add("listener", "listener", told::add);
        events.remove("gone");
        drain(1);
        told(1);
        events.remove("listener");
        drain(2);
        events.shutdown();
        assertThat(told).isEmpty();
        assertThat(recorded.messages()).isEmpty();
    }

    @Test
    void threadsEnd_withTheRegistrar() throws InterruptedException {
        List<Thread> tellers = new ArrayList<>();
        events.add("listener", "listener", event -> {
            tellers.add(Thread.currentThread());
            told.add(event);
        });
        drain(1);
        told(1);
        events.shutdown();
        for (Thread teller : tellers) {
            teller.join(20_000);
            assertThat(teller.isAlive()).isFalse();
        }
    }
}
