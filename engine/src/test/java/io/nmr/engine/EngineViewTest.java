package io.nmr.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.nmr.api.CallChain;
import io.nmr.api.NmrStatus;
import io.nmr.api.NpiId;
import io.nmr.api.runtime.BindingReport;
import io.nmr.api.runtime.BindingSnapshot;
import io.nmr.api.runtime.BindingState;
import io.nmr.api.runtime.CallSnapshot;
import io.nmr.api.runtime.ModuleSnapshot;
import io.nmr.api.runtime.Role;
import io.nmr.engine.spi.EffectTask;
import io.nmr.engine.spi.EngineEvents;
import io.nmr.engine.spi.EngineSettings;
import io.nmr.engine.view.EngineView;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What an engine shows of itself. */
class EngineViewTest extends EngineTest {

    private EngineView view() {
        return rig.engine.view();
    }

    private List<String> modules() {
        return view().modules().stream()
                .map(module -> module.module().bundle().symbolicName() + " " + module.state() + " " + module.bindings())
                .toList();
    }

    @Test
    void modulesInEachState_andNoneThatIsNotYetOrNoMoreRegistered() {
        RecordingClient client = rig.client("client");
        RecordingProvider provider = rig.provider("provider");
        RecordingProvider other = rig.provider("other", new NpiId(UUID.randomUUID()));
        rig.prepare(client);
        assertThat(modules()).isEmpty();
        client.pend();
        rig.engine.register(client.registration);
        rig.registerAll(provider, other);
        assertThat(modules()).containsExactly("client REGISTERED 1", "provider REGISTERED 1", "other REGISTERED 0");

        rig.deregister(client);
        rig.deregisterAndWait(other);
        assertThat(modules()).containsExactly("client DEREGISTERING 1", "provider REGISTERED 1");
        rig.engine.abandon(List.of(client.registration));
        assertThat(modules()).containsExactly("client ABANDONED 1", "provider REGISTERED 1");
        rig.awaitBothDetached();
        client.link().complete();
        history.await("the client is gone", () -> rig.isComplete(client));
        assertThat(modules()).containsExactly("provider REGISTERED 0");
    }

    @Test
    void D1_aModuleThatDeregisters_isShownAndNotOffered() {
        RecordingClient client = rig.client("client");
        client.pend();
        attached(client, rig.provider("provider"));
        rig.deregister(client);
        rig.awaitBothDetached();
        rig.register(rig.provider("late"));
        assertThat(modules()).containsExactly(
                "client DEREGISTERING 1", "provider REGISTERED 1", "late REGISTERED 0");
        client.link().complete();
    }

    @Test
    void sinceWhen_onTheEnginesClock() {
        long[] now = {7};
        RegistrarEngine engine =
                new RegistrarEngine(settings(now));
        RecordingClient client = new RecordingClient(history, "client", rig.npi);
        client.registration = engine.registerClient(client);
        now[0] = 9;
        assertThat(engine.view().modules()).extracting(ModuleSnapshot::since).containsExactly(Instant.ofEpochSecond(0, 7));
        engine.deregister(client.registration);
        assertThat(engine.view().modules()).isEmpty();
    }

    @Test
    void bindingsOfAllNpis_inTheOrderOfTheirNumbers_offersUnderWayAmongThem() {
        RecordingClient client = rig.client("client");
        NpiId second = new NpiId(UUID.randomUUID());
        RecordingClient other = rig.client("other", second);
        attached(client, rig.provider("provider"));
        List<BindingState> seen = new ArrayList<>();
        other.onAttach = link -> {
            view().bindings().forEach(binding -> seen.add(binding.state()));
            return link.attach().status();
        };
        rig.registerAll(rig.provider("its provider", second), other);

        assertThat(seen).containsExactly(BindingState.ATTACHED, BindingState.ATTACHING);
        assertThat(view().bindings()).extracting(BindingSnapshot::id)
                .containsExactly(client.link().binding().id(), other.link().binding().id());
    }

    @Test
    void oneBinding_whileItIsThere() {
        RecordingClient client = rig.client("client");
        attached(client, rig.provider("provider"));
        long id = client.link().binding().id();
        assertThat(view().binding(id)).get().extracting(BindingSnapshot::state).isEqualTo(BindingState.ATTACHED);
        assertThat(view().binding(id + 1)).isEmpty();
        rig.deregisterAndWait(client);
        assertThat(view().binding(id)).isEmpty();
    }

    @Test
    void threadsInsideTrackedCallsOfBothSides_andTheirStacks() throws InterruptedException {
        RecordingClient client = rig.client("client");
        RecordingProvider provider = rig.provider("provider");
        attachedWithGates(client, provider);
        long id = client.link().binding().id();
        assertThat(calls(id)).isEmpty();

        CountDownLatch inside = new CountDownLatch(2);
        CountDownLatch release = new CountDownLatch(1);
        Crew.Member<Void> ofClient = rig.crew.run(() -> callThrough(client, inside, release));
        Crew.Member<Void> ofProvider = rig.crew.run(() -> callThrough(provider, inside, release));
        assertThat(inside.await(20, TimeUnit.SECONDS)).isTrue();
        List<CallSnapshot> calls = calls(id);
        release.countDown();
        assertThat(calls).extracting(CallSnapshot::caller).containsExactly(Role.CLIENT, Role.PROVIDER);
        assertThat(calls).extracting(CallSnapshot::threadId)
                .containsExactly(ofClient.thread.getId(), ofProvider.thread.getId());
        assertThat(calls).allSatisfy(call -> {
            assertThat(call.threadName()).isEqualTo("crew");
            assertThat(call.stack()).anyMatch(frame -> frame.contains("callThrough"));
        });
        ofClient.join();
        ofProvider.join();
    }

    private List<CallSnapshot> calls(long binding) {
        return view().report(binding).map(BindingReport::calls).orElse(List.of());
    }

    private EngineSettings settings(long[] now) {
        return new EngineSettings(
                EffectTask::run,
                rig.incidents::add,
                () -> now[0],
                () -> Instant.ofEpochSecond(0, now[0]),
                new EngineEvents(event -> { }));
    }

    private static void callThrough(RecordingModule module, CountDownLatch inside, CountDownLatch release) {
        CallChain.enter(module.link().gate.gate());
        try {
            inside.countDown();
            assertThat(release.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        } finally {
            CallChain.exit(module.link().gate.gate());
        }
    }

    @Test
    void aSideWithoutAGate_hasNoThreadsThatAreKnown() {
        RecordingClient client = rig.client("client");
        attached(client, rig.provider("provider"));
        assertThat(calls(client.link().binding().id())).isEmpty();
        assertThat(calls(-1)).isEmpty();
    }

    @Test
    void theFirstNameOfAnNpiStays_whileItIsInUse() {
        RecordingClient unnamed = rig.client("unnamed");
        RecordingProvider first = rig.provider("first");
        RecordingProvider second = rig.provider("second");
        first.npiName = "lookup";
        second.npiName = "something else";
        rig.registerAll(unnamed, first, second);
        assertThat(view().modules()).extracting(module -> module.module().npiName())
                .containsExactly("lookup", "lookup", "lookup");
        List.of(unnamed, first, second).forEach(rig::deregisterAndWait);

        RecordingProvider later = rig.provider("later");
        later.npiName = "lookup, renamed";
        rig.register(later);
        assertThat(view().modules()).extracting(module -> module.module().npiName()).containsExactly("lookup, renamed");
    }

    @Test
    void R7_snapshotsPinNothing() {
        RegistrarEngine engine = new RegistrarEngine();
        List<Object> snapshots = new ArrayList<>();
        List<WeakReference<?>> watched = new ArrayList<>();
        registerAndLook(engine, snapshots, watched);
        assertThat(snapshots).hasSize(3);
        for (int attempt = 0; attempt < 200 && !watched.isEmpty(); attempt++) {
            System.gc();
            watched.removeIf(reference -> reference.refersTo(null));
        }
        assertThat(watched).isEmpty();
        assertThat(snapshots).hasSize(3);
    }

    private void registerAndLook(RegistrarEngine engine, List<Object> snapshots, List<WeakReference<?>> watched) {
        History own = new History();
        RecordingClient client = new RecordingClient(own, "client", rig.npi);
        RecordingProvider provider = new RecordingProvider(own, "provider", rig.npi);
        client.registration = engine.registerClient(client);
        provider.registration = engine.registerProvider(provider);
        snapshots.addAll(engine.view().modules());
        snapshots.addAll(engine.view().bindings());
        watched.add(new WeakReference<>(client));
        watched.add(new WeakReference<>(provider));
        watched.add(new WeakReference<>(client.link().binding()));
        engine.drain(
                Map.of(client.registration, Duration.ofSeconds(20), provider.registration, Duration.ofSeconds(20)),
                passed -> Duration.ZERO);
    }

    @Test
    void aBindingSeenWhileItLeaves_saysForHowLongAndWhoOwes() {
        long[] now = {0};
        RegistrarEngine engine =
                new RegistrarEngine(settings(now));
        RecordingClient client = new RecordingClient(history, "client", rig.npi);
        client.pend();
        client.registration = engine.registerClient(client);
        RecordingProvider provider = new RecordingProvider(history, "provider", rig.npi);
        provider.registration = engine.registerProvider(provider);
        engine.deregister(client.registration);
        now[0] = 5_000_000;
        BindingSnapshot seen = engine.view().bindings().get(0);
        assertThat(seen.leavingFor()).isEqualTo(Duration.ofMillis(5));
        assertThat(seen.owing().map(side -> side.module().role())).containsExactly(Role.CLIENT);
        client.link().complete();
        assertThat(engine.deregister(provider.registration)).isEqualTo(NmrStatus.PENDING);
    }
}
