package io.nmr.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.nmr.api.AttachResult.Refused;
import io.nmr.api.NmrStatus;
import io.nmr.api.runtime.RegistrarEvent.OfBinding;
import io.nmr.api.runtime.RegistrarEvent.OfIncident;
import io.nmr.api.runtime.RegistrarEvent.OfModule;
import io.nmr.api.runtime.RegistrarEvent;
import io.nmr.engine.History.What;
import io.nmr.engine.spi.EffectTask;
import io.nmr.engine.spi.EngineEvents;
import io.nmr.engine.spi.EngineSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/**
 * What the engine tells of modules and bindings, in each way they can go. That it is told in order, one at a time and
 * with no lock held, and that each binding and module has had a whole life, is checked after every test of a {@link Rig}.
 */
class EventsTest extends EngineTest {

    private static final OfBinding.Kind[] WHOLE_LIFE = {
        OfBinding.Kind.OFFERED, OfBinding.Kind.ATTACHED, OfBinding.Kind.DETACHING, OfBinding.Kind.DETACHED
    };

    private long bindingOf(RecordingModule module) {
        return module.link().binding().id();
    }

    private void assertTold(RecordingModule module, OfBinding.Kind... kinds) {
        long binding = bindingOf(module);
        history.await("told of binding " + binding, () -> rig.told.of(binding).size() >= kinds.length);
        assertThat(rig.told.of(binding)).containsExactly(kinds);
    }

    @Test
    void aWholeLife_inTheOrderOfItsCommits() {
        RecordingClient client = rig.client("client");
        RecordingProvider provider = rig.provider("provider");
        attached(client, provider);
        rig.deregisterAndWait(provider);
        rig.deregisterAndWait(client);

        history.await("all told", rig.told::isComplete);
        assertThat(rig.told.kinds()).containsExactly(
                OfModule.Kind.REGISTERED,
                OfModule.Kind.REGISTERED,
                OfBinding.Kind.OFFERED,
                OfBinding.Kind.ATTACHED,
                OfModule.Kind.DEREGISTERING,
                OfBinding.Kind.DETACHING,
                OfBinding.Kind.DETACHED,
                OfModule.Kind.DEREGISTERED,
                OfModule.Kind.DEREGISTERING,
                OfModule.Kind.DEREGISTERED);
    }

    @Test
    void A2_theClientRefuses() {
        RecordingClient client = rig.client("client");
        client.onAttach = link -> NmrStatus.NOINTERFACE;
        rig.registerAll(rig.provider("provider"), client);
        assertTold(client, OfBinding.Kind.OFFERED, OfBinding.Kind.REFUSED);
    }

    @Test
    void A6_theProviderRefusesTwice_itIsOneRefusal() {
        RecordingClient client = rig.client("client");
        RecordingProvider provider = rig.provider("provider");
        provider.onAttach = link -> new Refused(NmrStatus.NOINTERFACE);
        client.onAttach = link -> {
            link.attach();
            return link.attach().status();
        };
        rig.registerAll(provider, client);
        assertTold(client, OfBinding.Kind.OFFERED, OfBinding.Kind.REFUSED);
    }

    @Test
    void A11_theClientSucceedsWithoutHavingAttached_isARefusal() {
        RecordingClient client = rig.client("client");
        client.onAttach = link -> NmrStatus.SUCCESS;
        rig.registerAll(rig.provider("provider"), client);
        rig.expectIncident(OfIncident.Kind.PROTOCOL_ERROR, "A11");
        assertTold(client, OfBinding.Kind.OFFERED, OfBinding.Kind.REFUSED);
    }

    @Test
    void A11_theClientFailsAfterTheProviderAccepted_isABindingThatDetaches() {
        RecordingClient client = rig.client("client");
        client.onAttach = link -> {
            link.attach();
            return NmrStatus.UNSUCCESSFUL;
        };
        rig.registerAll(rig.provider("provider"), client);
        rig.expectIncident(OfIncident.Kind.PROTOCOL_ERROR, "A11");
        assertTold(client, WHOLE_LIFE);
    }

    @Test
    void D8_deregisteredBeforeTheProviderIsAsked_isARefusal() {
        RecordingClient client = rig.client("client");
        client.onAttach = link -> {
            rig.deregister(client);
            return link.attach().status();
        };
        rig.registerAll(rig.provider("provider"), client);
        assertTold(client, OfBinding.Kind.OFFERED, OfBinding.Kind.REFUSED);
    }

    @Test
    void D8_deregisteredWhileTheProviderIsAsked_isABindingThatDetaches() {
        RecordingClient client = rig.client("client");
        RecordingProvider provider = rig.provider("provider");
        provider.inEveryCallback = what -> {
            if (what == What.ATTACH) {
                rig.deregister(client);
            }
        };
        rig.registerAll(provider, client);
        assertTold(client, WHOLE_LIFE);
    }

    @Test
    void O3_abandoned_itsBindingsAreOverdue_andALateCompletionDetachesThem() {
        RecordingClient client = rig.client("client");
        RecordingProvider provider = rig.provider("provider");
        client.pend();
        attached(client, provider);
        rig.deregister(client);
        rig.engine.abandon(List.of(client.registration));
        rig.awaitBothDetached();
        client.link().complete();
        assertTold(
                client,
                OfBinding.Kind.OFFERED,
                OfBinding.Kind.ATTACHED,
                OfBinding.Kind.DETACHING,
                OfBinding.Kind.OVERDUE,
                OfBinding.Kind.DETACHED);
        history.await("gone", () -> rig.told.of(client).contains(OfModule.Kind.DEREGISTERED));
        assertThat(rig.told.of(client)).containsExactly(
                OfModule.Kind.REGISTERED,
                OfModule.Kind.DEREGISTERING,
                OfModule.Kind.ABANDONED,
                OfModule.Kind.DEREGISTERED);
    }

    @Test
    void neverRegistered_nothingIsTold() {
        RecordingClient client = rig.client("client");
        rig.prepare(client);
        rig.deregister(client);
        assertThat(rig.told.all()).isEmpty();
        assertThat(rig.told.events.countOf(OfModule.Kind.DEREGISTERED)).isZero();
    }

    @Test
    void whileNobodyListens_whatHappensIsCountedAndNotTold() {
        List<RegistrarEvent> told = new ArrayList<>();
        EngineEvents events = new EngineEvents(told::add);
        RegistrarEngine engine = engine(events);
        RecordingClient client = client();
        client.registration = engine.registerClient(client);
        RecordingProvider provider = provider();
        provider.registration = engine.registerProvider(provider);
        events.setEnabled(true);
        engine.deregister(provider.registration);
        events.setEnabled(false);
        engine.deregister(client.registration);

        assertThat(events.countOf(OfBinding.Kind.OFFERED)).isEqualTo(1);
        assertThat(events.countOf(OfBinding.Kind.ATTACHED)).isEqualTo(1);
        assertThat(events.countOf(OfBinding.Kind.DETACHED)).isEqualTo(1);
        assertThat(events.countOf(OfBinding.Kind.REFUSED)).isZero();
        assertThat(events.countOf(OfModule.Kind.DEREGISTERED)).isEqualTo(2);
        assertThat(told.get(0).sequence()).as("after four that were not told").isEqualTo(5);
        assertThat(told).extracting(event -> event instanceof OfBinding of ? of.kind() : ((OfModule) event).kind())
                .containsExactly(
                        OfModule.Kind.DEREGISTERING,
                        OfBinding.Kind.DETACHING,
                        OfBinding.Kind.DETACHED,
                        OfModule.Kind.DEREGISTERED);
    }

    /** Modules of an engine that is not the rig's. */
    private RecordingClient client() {
        return new RecordingClient(history, "client", rig.npi);
    }

    private RecordingProvider provider() {
        return new RecordingProvider(history, "provider", rig.npi);
    }

    private RegistrarEngine engine(EngineEvents events) {
        return new RegistrarEngine(new EngineSettings(
                EffectTask::run, rig.incidents::add, System::nanoTime, InstantSource.system(), events));
    }

    @Test
    void aListenerThatThrows_harmsNobody_andIsToldTheNext() {
        List<RegistrarEvent> told = new ArrayList<>();
        EngineEvents events = new EngineEvents(event -> {
            told.add(event);
            throw new IllegalStateException("the listener of a test");
        });
        events.setEnabled(true);
        RegistrarEngine engine = engine(events);
        silently(() -> {
            RecordingClient client = client();
            client.registration = engine.registerClient(client);
            assertThat(engine.deregister(client.registration)).isEqualTo(NmrStatus.PENDING);
        });
        assertThat(told).hasSize(3);
    }

    private static void silently(Runnable test) {
        Logger log = Logger.getLogger("io.nmr.engine");
        log.setUseParentHandlers(false);
        try {
            test.run();
        } finally {
            log.setUseParentHandlers(true);
        }
    }

    /** What it does leads to further events: they are told after this one, and by the same thread. */
    @Test
    void aListenerThatCallsTheEngine_isToldOneAfterTheOther() {
        Queue<String> told = new ConcurrentLinkedQueue<>();
        RegistrarEngine[] engine = new RegistrarEngine[1];
        RecordingClient client = client();
        EngineEvents events = new EngineEvents(event -> {
            OfModule.Kind kind = ((OfModule) event).kind();
            told.add("begin " + kind);
            if (kind == OfModule.Kind.REGISTERED) {
                engine[0].deregister(client.registration);
            }
            told.add("end " + kind);
        });
        events.setEnabled(true);
        engine[0] = engine(events);
        client.registration = engine[0].prepareClient(client, null);
        engine[0].register(client.registration);
        assertThat(told).containsExactly(
                "begin REGISTERED",
                "end REGISTERED",
                "begin DEREGISTERING",
                "end DEREGISTERING",
                "begin DEREGISTERED",
                "end DEREGISTERED");
    }

    /** A thread that enqueues while another dispatches neither waits nor overtakes. */
    @Test
    void anEnqueuedEvent_comesAfterWhatWasCommittedBefore_andNoThreadWaits() throws InterruptedException {
        Queue<String> told = new ConcurrentLinkedQueue<>();
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        EngineEvents events = new EngineEvents(event -> {
            inside.countDown();
            awaitQuietly(release);
            told.add("an event");
        });
        events.setEnabled(true);
        RegistrarEngine engine = engine(events);
        RecordingClient client = client();
        Crew.Member<Void> telling = rig.crew.run(() -> client.registration = engine.registerClient(client));
        assertThat(inside.await(20, TimeUnit.SECONDS)).isTrue();
        events.enqueue(number -> {
            told.add("enqueued");
            throw new IllegalStateException("an event of a test that cannot be made");
        });
        events.dispatch();
        assertThat(told).isEmpty();
        silently(() -> {
            release.countDown();
            telling.join();
            engine.deregister(client.registration);
        });
        assertThat(told).containsExactly("an event", "enqueued", "an event", "an event");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theClockOfTheEngineSaysWhen_andHowLongABindingHasBeenLeaving() {
        long[] now = {1_000};
        List<RegistrarEvent> told = new ArrayList<>();
        EngineEvents events = new EngineEvents(told::add);
        events.setEnabled(true);
        RegistrarEngine engine = new RegistrarEngine(
                new EngineSettings(
                        EffectTask::run, rig.incidents::add, () -> now[0], () -> Instant.ofEpochSecond(0, now[0]), events));
        RecordingClient client = client();
        client.pend();
        client.registration = engine.registerClient(client);
        RecordingProvider provider = provider();
        provider.registration = engine.registerProvider(provider);
        now[0] = 2_000;
        engine.deregister(client.registration);
        now[0] = 5_000;
        client.link().complete();
        engine.deregister(provider.registration);

        OfBinding detached = told.stream()
                .filter(event -> event instanceof OfBinding of && of.kind() == OfBinding.Kind.DETACHED)
                .map(OfBinding.class::cast)
                .findFirst()
                .orElseThrow();
        assertThat(detached.time()).isEqualTo(Instant.ofEpochSecond(0, 5_000));
        assertThat(detached.leavingFor()).isEqualTo(Duration.ofNanos(3_000));
    }
}
