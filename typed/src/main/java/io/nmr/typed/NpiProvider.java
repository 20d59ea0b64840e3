package io.nmr.typed;

import io.nmr.api.AttachResult;
import io.nmr.api.AttachResult.Attached;
import io.nmr.api.AttachResult.Refused;
import io.nmr.api.ModuleId;
import io.nmr.api.NmrStatus;
import io.nmr.api.ProviderBindingHandle;
import io.nmr.api.ProviderCharacteristics;
import io.nmr.api.RegistrationInstance;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A provider module. Publishing it as a {@link ProviderCharacteristics} service is all the registration there is (O1).
 *
 * <p>Each {@code with…} answers another module, with no bindings: configure first, then publish. A Declarative Services
 * component extends this class and configures {@code super(NpiProvider.of(…))}.
 *
 * <p><b>Threading.</b> Any thread. The implementation is called by any number of clients at the same time, from the
 * moment that it is given to one until no call of any is in progress: then the stop of its bundle goes on.
 *
 * @param <C> the client's dispatch table, its callbacks; {@code Void} where the NPI defines none
 * @param <P> its dispatch table
 */
@ConsumerType
public class NpiProvider<C, P> implements ProviderCharacteristics {

    /** Whether to attach a client: SUCCESS, or the status to refuse it with. */
    private interface Judge extends Function<ModuleDescription, NmrStatus> {}

    private final Npi<C, P> npi;
    private final Profile own;
    private final Function<? super ClientDescription<C>, ? extends P> implementations;
    private final boolean perClient;
    private final Judge judge;
    private final ClientVersions<C> versions;
    private final Clients<C> clients = new Clients<>();
    private final OwnImplementations owned = new OwnImplementations();

    private NpiProvider(
            Npi<C, P> npi,
            Profile own,
            Function<? super ClientDescription<C>, ? extends P> implementations,
            boolean perClient,
            Judge judge,
            ClientVersions<C> versions) {
        this.npi = npi;
        this.own = own;
        this.implementations = Objects.requireNonNull(implementations, "implementations");
        this.perClient = perClient;
        this.judge = judge;
        this.versions = versions;
    }

    /**
     * A module that is configured as another.
     *
     * @param configuration the other
     */
    protected NpiProvider(NpiProvider<C, P> configuration) {
        this(
                configuration.npi,
                configuration.own,
                configuration.implementations,
                configuration.perClient,
                configuration.judge,
                configuration.versions);
    }

    /**
     * A provider with the same implementation for all clients.
     *
     * @param <C> the client's dispatch table
     * @param <P> the provider's dispatch table
     * @param npi the NPI
     * @param moduleId the module
     * @param implementation what clients call
     * @return the module
     */
    public static <C, P> NpiProvider<C, P> of(Npi<C, P> npi, ModuleId moduleId, P implementation) {
        Objects.requireNonNull(implementation, "implementation");
        return of(npi, moduleId, client -> implementation, false);
    }

    /**
     * A provider with an implementation of their own for each client.
     *
     * @param <C> the client's dispatch table
     * @param <P> the provider's dispatch table
     * @param npi the NPI
     * @param moduleId the module
     * @param implementations makes what a client calls; closed, if it is {@link AutoCloseable}, once the client is
     *     detached and nobody calls it any more. If it throws, the client is refused, and the log says so
     * @return the module
     */
    public static <C, P> NpiProvider<C, P> perClient(
            Npi<C, P> npi, ModuleId moduleId, Function<? super ClientDescription<C>, ? extends P> implementations) {
        return of(npi, moduleId, implementations, true);
    }

    private static <C, P> NpiProvider<C, P> of(
            Npi<C, P> npi,
            ModuleId moduleId,
            Function<? super ClientDescription<C>, ? extends P> implementations,
            boolean perClient) {
        Profile own = new Profile(
                npi, Role.PROVIDER, new ModuleDescription(moduleId, 0, null), InstantSource.system());
        return new NpiProvider<>(
                npi, own, implementations, perClient, client -> NmrStatus.SUCCESS, npi.clientVersions());
    }

    /**
     * With an implementation number, for the other side to judge; the newest provider is that of the highest.
     *
     * @param number any value; 0 unless told otherwise
     * @return the other module
     */
    public final NpiProvider<C, P> withNumber(long number) {
        return with(own.withNumber(number));
    }

    /**
     * With characteristics, which the other side is shown at every offer.
     *
     * @param characteristics immutable, of the type that the {@link Npi} names for providers; null only where it names none
     * @return the other module
     * @throws IllegalArgumentException if the NPI has its providers say something else
     */
    public final NpiProvider<C, P> withCharacteristics(Object characteristics) {
        return with(own.withCharacteristics(characteristics));
    }

    /**
     * With a clock, for the times in messages.
     *
     * @param clock the system's unless told otherwise
     * @return the other module
     */
    public final NpiProvider<C, P> withClock(InstantSource clock) {
        return with(own.withClock(clock));
    }

    /**
     * Attaching those clients only that satisfy a predicate; others are told that there is no interface for them.
     *
     * @param predicate asked each time that a client asks to attach
     * @return the other module
     */
    public final NpiProvider<C, P> withAccept(Predicate<? super ModuleDescription> predicate) {
        return withAccept(predicate, NmrStatus.NOINTERFACE);
    }

    /**
     * Attaching those clients only that satisfy a predicate.
     *
     * @param predicate asked each time that a client asks to attach
     * @param otherwise what others are told; after any status but {@link NmrStatus#NOINTERFACE} a client does not ask
     *     again with an earlier version of its callbacks
     * @return the other module
     * @throws IllegalArgumentException if {@code otherwise} is {@link NmrStatus#SUCCESS}
     */
    public final NpiProvider<C, P> withAccept(Predicate<? super ModuleDescription> predicate, NmrStatus otherwise) {
        Objects.requireNonNull(predicate, "predicate");
        Refused refusal = new Refused(otherwise);
        return new NpiProvider<>(
                npi,
                own,
                implementations,
                perClient,
                client -> predicate.test(client) ? NmrStatus.SUCCESS : refusal.status(),
                versions);
    }

    /**
     * Knowing these versions of the client's callbacks only; a client is asked for others (A6).
     *
     * @param known versions of the NPI's client dispatch
     * @return the other module
     * @throws IllegalArgumentException if there is another type among them
     */
    public final NpiProvider<C, P> withClientVersions(Class<?>... known) {
        ClientVersions<C> left = npi.clientVersions().only(List.of(known));
        return new NpiProvider<>(npi, own, implementations, perClient, judge, left);
    }

    private NpiProvider<C, P> with(Profile profile) {
        return new NpiProvider<>(npi, profile, implementations, perClient, judge, versions);
    }

    @Override
    public final String npiName() {
        return npi.name();
    }

    @Override
    public final RegistrationInstance providerRegistrationInstance() {
        return own.instance();
    }

    @Override
    public final AttachResult attachClient(
            ProviderBindingHandle handle,
            Object registrationContext,
            RegistrationInstance client,
            Object clientBindingContext,
            Object clientDispatch) {
        ModuleDescription other = ModuleDescription.of(client);
        if (!own.understands(other)) {
            return new Refused(NmrStatus.NOINTERFACE);
        }
        NmrStatus judgement = judge.apply(other);
        if (!judgement.isSuccess()) {
            return new Refused(judgement);
        }
        return isMute()
                ? attach(handle, new MuteSide<>(own, client), other, null)
                : attachVersion(handle, client, other, clientDispatch);
    }

    /** Whether it never calls a client. */
    private boolean isMute() {
        return npi.clientVersions().isEmpty();
    }

    private AttachResult attachVersion(
            ProviderBindingHandle handle, RegistrationInstance client, ModuleDescription other, Object clientDispatch) {
        Optional<ClientVersion<?, C>> version = versions.of(clientDispatch);
        if (version.isPresent()) {
            CallingSide<C> side = new CallingSide<>(own, client);
            C callbacks = version.get().tracked(side);
            side.attach(clientDispatch, callbacks);
            return attach(handle, side, other, callbacks);
        }
        if (npi.clientVersions().of(clientDispatch).isEmpty()) {
            own.refuseDispatch(other, clientDispatch, versions.types());
        }
        return new Refused(NmrStatus.NOINTERFACE);
    }

    private AttachResult attach(
            ProviderBindingHandle handle, ProviderSide<C> side, ModuleDescription other, C callbacks) {
        side.announce(handle);
        P implementation = implementations.apply(new ClientDescription<>(other, callbacks));
        Objects.requireNonNull(implementation, () -> own + " made no implementation for client " + other);
        if (perClient) {
            owned.add(side, implementation);
        }
        clients.add(side);
        return new Attached(side, implementation);
    }

    @Override
    public final NmrStatus detachClient(Object bindingContext) {
        ProviderSide<C> side = side(bindingContext);
        clients.remove(side);
        side.leave();
        return side.detach();
    }

    /** @throws IllegalStateException if closing the client's own implementation threw a checked exception, the cause */
    @Override
    public final void cleanupProviderBindingContext(Object bindingContext) {
        ProviderSide<C> side = side(bindingContext);
        side.cleanUp();
        owned.close(side);
    }

    @SuppressWarnings("unchecked") // it is what attachClient gave to the registrar
    private ProviderSide<C> side(Object bindingContext) {
        return (ProviderSide<C>) bindingContext;
    }

    /**
     * Calls the callbacks of every attached client, one after the other and in no particular order; those that begin to
     * detach are left out. One that throws does not keep the others from being called.
     *
     * @param <X> what {@code action} throws
     * @param action what to call
     * @throws X the first exception, once all have been called; the others are suppressed in it
     * @throws IllegalStateException if the NPI defines no callbacks
     */
    public final <X extends Exception> void forEachClient(Action<? super C, X> action) throws X {
        forEachClient((callbacks, client) -> action.run(callbacks));
    }

    /**
     * As {@link #forEachClient(Action)}, told which client it is.
     *
     * @param <X> what {@code action} throws
     * @param action what to call
     * @throws X the first exception, once all have been called; the others are suppressed in it
     * @throws IllegalStateException if the NPI defines no callbacks
     */
    public final <X extends Exception> void forEachClient(DescribedAction<? super C, X> action) throws X {
        if (isMute()) {
            throw new IllegalStateException(npi + " defines no callbacks of clients");
        }
        Failures<X> failures = new Failures<>();
        for (ProviderSide<C> side : clients.now()) {
            if (side.tryEnter()) {
                try {
                    action.run(side.dispatch(), side.other());
                } catch (Throwable t) {
                    failures.add(t);
                } finally {
                    side.exit();
                }
            }
        }
        failures.throwFirst();
    }

    /** {@return the attached clients; may be stale by the time it is read} */
    public final List<AttachedModule> attached() {
        return clients.now().stream().flatMap(Binding::snapshot).toList();
    }

    @Override
    public final String toString() {
        return own.toString();
    }
}
