package io.nmr.engine;

import io.nmr.api.ClientCharacteristics;
import io.nmr.api.ClientRegistration;
import io.nmr.api.NetworkModuleRegistrar;
import io.nmr.api.NmrException;
import io.nmr.api.NmrStatus;
import io.nmr.api.ProviderCharacteristics;
import io.nmr.api.ProviderRegistration;
import io.nmr.api.Registration;
import io.nmr.api.runtime.BundleRef;
import io.nmr.api.runtime.RegistrarEvent.OfIncident;
import io.nmr.api.runtime.Role;
import io.nmr.engine.effects.CallbackChain;
import io.nmr.engine.effects.EffectPerformer;
import io.nmr.engine.spi.EngineSettings;
import io.nmr.engine.spi.Incident;
import io.nmr.engine.state.Binding;
import io.nmr.engine.state.Commit;
import io.nmr.engine.state.NetworkModule;
import io.nmr.engine.state.NpiRegistry;
import io.nmr.engine.view.EngineView;
import io.nmr.engine.waiting.Overdue;
import io.nmr.engine.waiting.WaitGraph;
import io.nmr.engine.waiting.WaitingThread;
import io.nmr.engine.waiting.WaitingThread.Purpose;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The registrar in plain Java (O5). What it adds to {@link NetworkModuleRegistrar} is for an adapter between it and the
 * modules: registering in two steps, so that the handle is known before the first callback, and draining many modules
 * together.
 *
 * <p><b>Threading.</b> As {@link NetworkModuleRegistrar}. No method holds a lock while it calls a module, the executor or a
 * listener.
 */
public final class RegistrarEngine implements NetworkModuleRegistrar {

    private final EngineSettings settings;
    private final EffectPerformer performer;
    final NpiRegistry registry;
    final WaitGraph waits = new WaitGraph();
    private final EngineView view;

    /** An engine for plain Java: callbacks run on the thread that leads to them. */
    public RegistrarEngine() {
        this(EngineSettings.plain());
    }

    /**
     * An engine with the given settings.
     *
     * @param settings executor, clocks and listeners
     */
    public RegistrarEngine(EngineSettings settings) {
        this.settings = settings;
        this.performer = new EffectPerformer(settings);
        this.registry = new NpiRegistry(settings, performer);
        this.view = new EngineView(registry, waits);
    }

    @Override
    public ClientRegistration registerClient(ClientCharacteristics client) {
        ClientRegistration prepared = prepareClient(client, null);
        register(prepared);
        return prepared;
    }

    @Override
    public ProviderRegistration registerProvider(ProviderCharacteristics provider) {
        ProviderRegistration prepared = prepareProvider(provider, null);
        register(prepared);
        return prepared;
    }

    /**
     * Makes a registration that is known to the caller alone; {@link #register} offers it.
     *
     * @param client the client's characteristics
     * @param bundle the bundle that it comes from; null in plain Java
     * @return the registration
     * @throws NmrException if the characteristics are not legal (R4)
     */
    public ClientRegistration prepareClient(ClientCharacteristics client, BundleRef bundle) {
        return registry.prepare(Role.CLIENT, client, bundle);
    }

    /**
     * Makes a registration that is known to the caller alone; {@link #register} offers it.
     *
     * @param provider the provider's characteristics
     * @param bundle the bundle that it comes from; null in plain Java
     * @return the registration
     * @throws NmrException if the characteristics are not legal (R4)
     */
    public ProviderRegistration prepareProvider(ProviderCharacteristics provider, BundleRef bundle) {
        return registry.prepare(Role.PROVIDER, provider, bundle);
    }

    /**
     * Registers a prepared registration, and returns when the offers that it leads to have been answered (R9).
     *
     * @param prepared the registration
     * @return false, and nothing happens, if it was deregistered before
     * @throws NmrException if it is no registration of this engine's
     */
    public boolean register(Registration prepared) {
        NetworkModule module = own(prepared, "register").orElseThrow(() -> new NmrException(
                NmrStatus.INVALID_PARAMETER, "register: a registration of this registrar's was expected"));
        Optional<List<Binding>> offers = module.register();
        offers.ifPresent(this::makeOffers);
        return offers.isPresent();
    }

    /** Inside a callback this thread may be the only one that the executor has: there it makes the offers itself (C6). */
    private void makeOffers(List<Binding> bindings) {
        bindings.forEach(binding -> performer.execute(binding.offer()));
        if (!CallbackChain.isEmpty()) {
            bindings.forEach(binding -> performer.run(binding.offer()));
        }
        bindings.forEach(Binding::awaitAnswer);
    }

    @Override
    public NmrStatus deregisterClient(ClientRegistration client) {
        return deregister(client);
    }

    @Override
    public NmrStatus deregisterProvider(ProviderRegistration provider) {
        return deregister(provider);
    }

    /**
     * Begins to deregister a module of either role (D1).
     *
     * @param registration the registration
     * @return as {@link #deregisterClient}
     */
    public NmrStatus deregister(Registration registration) {
        Optional<NetworkModule> found = own(registration, "deregister");
        if (found.isEmpty()) {
            return NmrStatus.INVALID_PARAMETER;
        }
        NetworkModule module = found.get();
        Commit commit = new Commit(registry);
        boolean begun = module.deregister(commit);
        commit.perform();
        if (!begun) {
            report(module, "C2", "deregister of " + module + " changes nothing: it was deregistered before");
        }
        return begun ? NmrStatus.PENDING : NmrStatus.INVALID_PARAMETER;
    }

    /**
     * Begins to deregister those of these modules that are not deregistered yet: first all of them, then the callbacks
     * that follow.
     *
     * @param registrations registrations of this engine's
     */
    public void deregisterAll(Collection<? extends Registration> registrations) {
        Commit commit = new Commit(registry);
        registrations.forEach(registration -> ((NetworkModule) registration).deregister(commit));
        commit.perform();
    }

    @Override
    public NmrStatus waitForClientDeregisterComplete(ClientRegistration client, Duration timeout) {
        return waitFor(client, timeout);
    }

    @Override
    public NmrStatus waitForProviderDeregisterComplete(ProviderRegistration provider, Duration timeout) {
        return waitFor(provider, timeout);
    }

    private NmrStatus waitFor(Registration registration, Duration timeout) {
        Objects.requireNonNull(timeout, "timeout");
        return own(registration, "wait").map(module -> waitFor(module, timeout)).orElse(NmrStatus.INVALID_PARAMETER);
    }

    private NmrStatus waitFor(NetworkModule module, Duration timeout) {
        return switch (module.state()) {
            case NEW, REGISTERED -> {
                report(module, "C3", "wait for the deregistration of " + module + ": deregister it first");
                yield NmrStatus.INVALID_PARAMETER;
            }
            case DEREGISTERING -> new WaitingThread(waits, performer, settings, Purpose.MODULE)
                    .await(List.of(module), each -> timeout, () -> { }, passed -> Duration.ZERO);
            case ABANDONED -> NmrStatus.TIMEOUT;
            case DEREGISTERED -> NmrStatus.SUCCESS;
        };
    }

    /**
     * Deregisters modules and waits until they are complete. The waiting thread, and no other, passes every effect of their
     * bindings to the executor, from the first detach callback on. A module whose time passes is not waited for any longer,
     * unless {@code overdue} grants it more, and the others are.
     *
     * @param timeouts how long to wait for each registration of this engine's, from now
     * @param overdue decides what becomes of modules whose time has passed
     * @return SUCCESS if all are complete; POSSIBLE_DEADLOCK if one of them cannot complete before this thread returns from
     *     a callback or a tracked call (C6); else TIMEOUT
     */
    public NmrStatus drain(Map<? extends Registration, Duration> timeouts, Overdue overdue) {
        List<NetworkModule> modules = timeouts.keySet().stream().map(NetworkModule.class::cast).toList();
        return new WaitingThread(waits, performer, settings, Purpose.DRAIN)
                .await(modules, timeouts::get, () -> deregisterAll(modules), overdue);
    }

    /**
     * Gives up waiting for deregistrations: waits for them return TIMEOUT, now and later, and their bindings are
     * overdue. They complete by themselves when the last completion comes.
     *
     * @param registrations registrations of this engine's
     */
    public void abandon(Collection<? extends Registration> registrations) {
        registrations.forEach(registration -> ((NetworkModule) registration).abandon());
    }

    /**
     * Gives one binding up before its time: it is overdue (O3), and a late completion still cleans it up. A module that
     * deregisters is abandoned, as by {@link #abandon(Collection)}, when each binding that it has left is overdue.
     *
     * @param binding the number of the binding
     * @return false, and nothing changes, if there is none of this number that leaves and is not overdue
     */
    public boolean abandon(long binding) {
        return view.find(binding).map(Binding::abandon).orElse(false);
    }

    /**
     * Forgets an overdue binding without calling its modules again (O3): neither completions nor cleanups follow. A
     * callback of it that still runs returns into nothing; its completions still to come change nothing, and are no errors.
     * A deregistration that waited for nothing else is complete.
     *
     * @param binding the number of the binding
     * @return false, and nothing changes, if there is none of this number that is overdue and detaching or cleaning up;
     *     one that is overdue inside its attach callbacks returns from these first (D8)
     */
    public boolean drop(long binding) {
        return view.find(binding).map(Binding::drop).orElse(false);
    }

    /** {@return what this engine shows of itself} */
    public EngineView view() {
        return view;
    }

    /** Empty, and reported, if it is none of this engine's. */
    private Optional<NetworkModule> own(Registration registration, String method) {
        if (registration instanceof NetworkModule module && module.group().registry() == registry) {
            return Optional.of(module);
        }
        settings.report(new Incident(
                OfIncident.Kind.PROTOCOL_ERROR,
                "C3",
                null,
                method + ": a registration of this registrar's was expected, not " + registration,
                null));
        return Optional.empty();
    }

    private void report(NetworkModule module, String rule, String message) {
        settings.report(new Incident(OfIncident.Kind.PROTOCOL_ERROR, rule, module.ref(), message, null));
    }
}
