package io.nmr.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.nmr.api.NmrStatus;
import io.nmr.api.NpiId;
import io.nmr.api.Registration;
import io.nmr.api.runtime.BundleRef;
import io.nmr.api.runtime.ModuleState;
import io.nmr.api.runtime.RegistrarEvent.OfIncident.Kind;
import io.nmr.api.runtime.SideSnapshot.Owes;
import io.nmr.engine.spi.EffectExecutor;
import io.nmr.engine.spi.EffectTask;
import io.nmr.engine.spi.EngineSettings;
import io.nmr.engine.spi.Incident;
import io.nmr.engine.state.Inspect;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/** An engine under test with its recording modules, incidents and threads. */
final class Rig {

    /** The wait of a test that must not run out. */
    static final Duration LONG = Duration.ofSeconds(20);

    final History history = new History();
    final Crew crew = new Crew();
    final Queue<Incident> incidents = new ConcurrentLinkedQueue<>();
    final Queue<RecordingModule> modules = new ConcurrentLinkedQueue<>();
    final Told told = new Told();
    final NpiId npi = new NpiId(UUID.randomUUID());
    final RegistrarEngine engine;

    /** @param performing is given each effect and what performs it */
    Rig(BiConsumer<EffectTask, Runnable> performing, LongSupplier nanoTime) {
        EffectExecutor executor = effect -> performing.accept(effect, () -> history.perform(effect));
        engine = new RegistrarEngine(
                new EngineSettings(executor, incidents::add, nanoTime, InstantSource.system(), told.events));
        told.listenTo(engine);
    }

    RecordingClient client(String name) {
        return client(name, npi);
    }

    RecordingClient client(String name, NpiId of) {
        RecordingClient client = new RecordingClient(history, name, of);
        modules.add(client);
        return client;
    }

    RecordingProvider provider(String name) {
        return provider(name, npi);
    }

    RecordingProvider provider(String name, NpiId of) {
        RecordingProvider provider = new RecordingProvider(history, name, of);
        modules.add(provider);
        return provider;
    }

    /** Registers in two steps, so that callbacks know the registration. */
    <M extends RecordingModule> M register(M module) {
        Registration prepared = prepare(module);
        history.recorder(prepared).register(() -> engine.register(prepared));
        return module;
    }

    void registerAll(RecordingModule... all) {
        for (RecordingModule module : all) {
            register(module);
        }
    }

    Registration prepare(RecordingModule module) {
        if (module instanceof RecordingClient client) {
            module.registration = engine.prepareClient(client, bundle(module.name));
        } else if (module instanceof RecordingProvider provider) {
            module.registration = engine.prepareProvider(provider, bundle(module.name));
        }
        return module.registration;
    }

    static BundleRef bundle(String name) {
        return new BundleRef(1, name, "1.0.0");
    }

    /** Deregisters modules and waits for them, all with one timeout. */
    NmrStatus drain(Collection<? extends Registration> registrations, Duration timeout) {
        Map<Registration, Duration> timeouts = new LinkedHashMap<>();
        registrations.forEach(registration -> timeouts.put(registration, timeout));
        return engine.drain(timeouts, passed -> Duration.ZERO);
    }

    NmrStatus deregister(RecordingModule module) {
        module.leaves = true;
        return history.recorder(module.registration).deregister(() -> engine.deregister(module.registration));
    }

    NmrStatus await(RecordingModule module) {
        return await(module, LONG);
    }

    NmrStatus await(RecordingModule module, Duration timeout) {
        return history.recorder(module.registration).await(() -> waitFor(module, timeout));
    }

    private NmrStatus waitFor(RecordingModule module, Duration timeout) {
        if (module instanceof RecordingClient client) {
            return engine.waitForClientDeregisterComplete(client.clientRegistration(), timeout);
        }
        return engine.waitForProviderDeregisterComplete(
                ((RecordingProvider) module).providerRegistration(), timeout);
    }

    void deregisterAndWait(RecordingModule module) {
        assertThat(deregister(module)).as("deregister %s", module).isEqualTo(NmrStatus.PENDING);
        assertThat(await(module)).as("wait for %s", module).isEqualTo(NmrStatus.SUCCESS);
    }

    ModuleState state(RecordingModule module) {
        return Inspect.state(module.registration);
    }

    boolean isComplete(RecordingModule module) {
        return state(module) == ModuleState.DEREGISTERED;
    }

    /** The incident that the test has provoked; it is expected, once. */
    Incident expectIncident(Kind kind, String rule) {
        Predicate<Incident> wanted = incident -> incident.kind() == kind && incident.rule().equals(rule);
        history.await(kind + " of " + rule, () -> incidents.stream().anyMatch(wanted));
        Incident found = incidents.stream().filter(wanted).findFirst().orElseThrow();
        incidents.remove(found);
        return found;
    }

    /** Returns when both detach callbacks have returned and the engine has taken their answers in. */
    void awaitBothDetached() {
        history.await("both detached", () -> history.count(History.What.DETACH_END) == 2 && !isAnswering());
    }

    private boolean isAnswering() {
        List<Registration> registered =
                modules.stream().map(module -> module.registration).filter(Objects::nonNull).toList();
        return engine.view().bindings(registered).stream()
                .flatMap(binding -> binding.sides().stream())
                .anyMatch(side -> side.owes() == Owes.DETACH_CALLBACK);
    }

    /** Returns when a thread waits for the end of this module. */
    void awaitWaiter(RecordingModule module) {
        history.await("a wait for " + module, () -> Inspect.isWaitedFor(module.registration));
    }

    /** Deregisters what the test has left registered, and checks everything that holds after every test. */
    void finish() {
        crew.join();
        for (RecordingModule module : modules) {
            if (module.registration != null && !module.leaves) {
                deregister(module);
            }
        }
        List<RecordingModule> registered =
                modules.stream().filter(module -> module.registration != null).toList();
        for (RecordingModule module : registered) {
            assertThat(await(module)).as("at the end, wait for %s", module).isEqualTo(NmrStatus.SUCCESS);
        }
        new Invariants(this).check();
    }
}
