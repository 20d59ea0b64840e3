package io.nmr.engine;

import io.nmr.api.ClientCharacteristics;
import io.nmr.api.ClientRegistration;
import io.nmr.api.NetworkModuleRegistrar;
import io.nmr.api.NmrException;
import io.nmr.api.NmrStatus;
import io.nmr.api.ProviderCharacteristics;
import io.nmr.api.ProviderRegistration;
import io.nmr.api.Registration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The registrar in plain Java (O5). What it adds to {@link NetworkModuleRegistrar} is for an adapter that stands
 * between it and the modules: registering in two steps, so that the handle is known before the first callback, and
 * ending many registrations under one deadline.
 *
 * <p><b>Threading.</b> As {@link NetworkModuleRegistrar}. No method holds a lock when it calls a module, the executor
 * or the listener of incidents.
 */
public final class RegistrarEngine implements NetworkModuleRegistrar {

    private final EngineSettings settings;
    final Npis npis;
    private final EngineView view;

    /** An engine for plain Java: callbacks run on the thread that leads to them. */
    public RegistrarEngine() {
        this(EngineSettings.plain());
    }

    /**
     * An engine that stands on what it is given.
     *
     * @param settings executor, listener of incidents, clock and events
     */
    public RegistrarEngine(EngineSettings settings) {
        this.settings = settings;
        this.npis = new Npis(settings);
        this.view = new EngineView(npis);
    }

    @Override
    public ClientRegistration registerClient(ClientCharacteristics client) {
        return registered(prepareClient(client, null));
    }

    @Override
    public ProviderRegistration registerProvider(ProviderCharacteristics provider) {
        return registered(prepareProvider(provider, null));
    }

    /**
     * Makes a registration that is not yet known to anybody; {@link #register} makes it known.
     *
     * @param client the client's characteristics
     * @param origin where it comes from, for messages; or null
     * @return the registration
     * @throws NmrException if the characteristics are not legal (R4)
     */
    public ClientRegistration prepareClient(ClientCharacteristics client, Object origin) {
        Characteristics<ClientCharacteristics> read = Characteristics.of(client, origin);
        Npi npi = npis.acquire(read.instance().npiId(), read.npiName());
        return new ClientModule(name(Role.CLIENT, npi, read, origin), npi, read);
    }

    /**
     * Makes a registration that is not yet known to anybody; {@link #register} makes it known.
     *
     * @param provider the provider's characteristics
     * @param origin where it comes from, for messages; or null
     * @return the registration
     * @throws NmrException if the characteristics are not legal (R4)
     */
    public ProviderRegistration prepareProvider(ProviderCharacteristics provider, Object origin) {
        Characteristics<ProviderCharacteristics> read = Characteristics.of(provider, origin);
        Npi npi = npis.acquire(read.instance().npiId(), read.npiName());
        return new ProviderModule(name(Role.PROVIDER, npi, read, origin), npi, read);
    }

    private ModuleName name(Role role, Npi npi, Characteristics<?> read, Object origin) {
        return new ModuleName(
                npis.nextRegistration(),
                role,
                npi.id,
                npi.name,
                read.instance().moduleId(),
                read.instance().number(),
                origin);
    }

    /**
     * Registers what was prepared, and returns when the offers that it leads to have been answered (R9).
     *
     * @param prepared the registration
     * @return false, and nothing happens, if it was deregistered before
     * @throws NmrException if it is no registration of this engine's
     */
    public boolean register(Registration prepared) {
        NetworkModule module = mine(prepared, "register");
        if (module == null) {
            throw new NmrException(NmrStatus.INVALID_PARAMETER, "register: no registration of this registrar's");
        }
        List<Offer> offers = module.npi.commit(module::register);
        if (offers != null) {
            make(offers);
        }
        return offers != null;
    }

    /** Takes no memory itself: the module is registered, and whoever registers it has no handle yet. */
    private void make(List<Offer> offers) {
        for (int i = 0; i < offers.size(); i++) {
            Effects.perform(settings, offers.get(i));
        }
        for (int i = 0; i < offers.size(); i++) {
            offers.get(i).awaitAnswer();
        }
    }

    private <R extends Registration> R registered(R prepared) {
        register(prepared);
        return prepared;
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
        NetworkModule module = mine(registration, "deregister");
        if (module == null) {
            return NmrStatus.INVALID_PARAMETER;
        }
        if (module.npi.commit(module::deregister)) {
            return NmrStatus.PENDING;
        }
        report(module, "C2", "deregister of " + module + " changes nothing: it was deregistered before");
        return NmrStatus.INVALID_PARAMETER;
    }

    /**
     * Begins to deregister those of these modules that are not deregistered yet: first all of them, then the callbacks
     * that follow.
     *
     * @param registrations registrations of this engine's
     */
    public void deregisterAll(Collection<? extends Registration> registrations) {
        deregister(modules(registrations));
    }

    private void deregister(List<NetworkModule> modules) {
        Effects effects = new Effects(settings);
        try {
            modules.forEach(module -> module.npi.commit(module::deregister, effects));
        } finally {
            effects.perform();
        }
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
        NetworkModule module = mine(registration, "wait");
        if (module == null) {
            return NmrStatus.INVALID_PARAMETER;
        }
        return switch (module.npi.decide(module, NetworkModule::state)) {
            case NEW, REGISTERED -> {
                report(module, "C3", "wait for the deregistration of " + module + ": deregister it first");
                yield NmrStatus.INVALID_PARAMETER;
            }
            case DEREGISTERING -> new Waiter(settings).await(List.of(module), timeout);
            case ABANDONED -> NmrStatus.TIMEOUT;
            case DEREGISTERED -> NmrStatus.SUCCESS;
        };
    }

    /**
     * Waits until the deregistrations of all are complete, under one deadline. The waiting thread passes the effects of
     * their bindings to the executor meanwhile.
     *
     * @param registrations registrations of this engine's, deregistered before
     * @param timeout how long to wait in all
     * @return SUCCESS if all are complete, else TIMEOUT, or POSSIBLE_DEADLOCK if any of them cannot complete before this
     *     thread returns from a callback (C6); the others have been waited for
     */
    public NmrStatus await(Collection<? extends Registration> registrations, Duration timeout) {
        return new Waiter(settings).await(modules(registrations), timeout);
    }

    /**
     * {@link #deregisterAll} and {@link #await} in one: the waiting thread, and no other, passes every effect of their
     * bindings to the executor, from the first detach callback on.
     *
     * @param registrations registrations of this engine's
     * @param timeout how long to wait in all
     * @return as {@link #await}
     */
    public NmrStatus drain(Collection<? extends Registration> registrations, Duration timeout) {
        return new Waiter(settings).await(modules(registrations), () -> deregisterAll(registrations), timeout);
    }

    /**
     * As {@link #drain(Collection, Duration)}, with a time for each module: when it passes, that module alone is
     * abandoned, unless {@code overdue} grants it more time, and the others are waited for.
     *
     * @param timeouts how long to wait for each registration of this engine's, from now
     * @param overdue what is to become of those whose time has passed
     * @return as {@link #await}
     */
    public NmrStatus drain(Map<? extends Registration, Duration> timeouts, Overdue overdue) {
        List<NetworkModule> modules = modules(timeouts.keySet());
        return new Waiter(settings).await(modules, timeouts::get, () -> deregister(modules), passed -> {
            List<Registration> registrations = passed.stream().map(Registration.class::cast).toList();
            Duration more = overdue.passed(registrations);
            if (more.isZero() || more.isNegative()) {
                abandon(registrations);
            }
            return more;
        });
    }

    /**
     * Gives up waiting for deregistrations: waits for them return TIMEOUT, now and later, and their bindings are
     * overdue. They complete by themselves when the last completion comes.
     *
     * @param registrations registrations of this engine's
     */
    public void abandon(Collection<? extends Registration> registrations) {
        for (NetworkModule module : modules(registrations)) {
            module.npi.commit(effects -> {
                module.abandon(effects);
                return null;
            });
        }
    }

    /**
     * Gives one binding up before its time: it is overdue (O3), and a late completion still cleans it up. A module that
     * deregisters is abandoned, as by {@link #abandon(Collection)}, as soon as it has none left that is not overdue: now, or
     * when the last of those has ended.
     *
     * @param binding the number of the binding
     * @return false, and nothing changes, if there is none of this number that is on its way out and not overdue
     */
    public boolean abandon(long binding) {
        return view.find(binding).map(found -> found.npi().commit(found::abandon)).orElse(false);
    }

    /**
     * Forgets an overdue binding without calling its modules again (O3): neither completions nor cleanups follow. A
     * callback of it that is still running returns into nothing; its completions still to come change nothing, and are no
     * errors. A deregistration that waited for nothing else is complete.
     *
     * @param binding the number of the binding
     * @return false, and nothing changes, if there is none of this number that is overdue and detaching or cleaning up;
     *     one that is overdue inside its attach callbacks is let return from these first (D8)
     */
    public boolean drop(long binding) {
        return view.find(binding).map(found -> found.npi().commit(found::drop)).orElse(false);
    }

    /** What this engine shows of itself. */
    public EngineView view() {
        return view;
    }

    private List<NetworkModule> modules(Collection<? extends Registration> registrations) {
        List<NetworkModule> modules = new ArrayList<>(registrations.size());
        registrations.forEach(registration -> modules.add((NetworkModule) registration));
        return modules;
    }

    /** Null, and reported, if it is none of this engine's. */
    private NetworkModule mine(Registration registration, String method) {
        if (registration instanceof NetworkModule module && module.npi.registry == npis) {
            return module;
        }
        settings.report(new Incident(
                Incident.Kind.PROTOCOL_ERROR,
                "C3",
                null,
                method + ": a registration of this registrar's was expected, not " + registration,
                null));
        return null;
    }

    private void report(NetworkModule module, String rule, String message) {
        settings.report(new Incident(Incident.Kind.PROTOCOL_ERROR, rule, module.name, message, null));
    }

    /** How many NPIs are in use; for tests of what is kept (R7). */
    int npisInUse() {
        return npis.size();
    }
}
