package io.nmr.typed;

import io.nmr.api.AttachResult;
import io.nmr.api.AttachResult.Attached;
import io.nmr.api.AttachResult.Refused;
import io.nmr.api.ModuleId;
import io.nmr.api.NmrStatus;
import io.nmr.api.ProviderBindingHandle;
import io.nmr.api.ProviderCharacteristics;
import io.nmr.api.RegistrationInstance;
import io.nmr.api.runtime.Role;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A provider module. Publish it as a {@link ProviderCharacteristics} service: that registers it (O1).
 *
 * <p>Each {@code with…} method returns a copy without bindings: configure first, then publish. A Declarative Services
 * component extends this class and configures it by {@code super(NpiProvider.of(…))}.
 *
 * <p><b>Threading.</b> Any thread. Any number of clients call the implementation at the same time, from the moment that
 * it is given to the first. The stop of the provider's bundle waits until no call is in progress.
 *
 * @param <C> the client's dispatch table, its callbacks; {@code Void} where the NPI defines none
 * @param <P> its dispatch table
 */
@ConsumerType
public class NpiProvider<C, P> implements ProviderCharacteristics {

    private final Profile<C, P> own;
    private final Implementations<C, P> implementations;
    private final List<CallbackVersion<?, C>> versions;
    private final BindingList<C> clients = new BindingList<>();

    private NpiProvider(
            Profile<C, P> own, Implementations<C, P> implementations, List<CallbackVersion<?, C>> versions) {
        this.own = own;
        this.implementations = implementations;
        this.versions = versions;
    }

    /**
     * Creates a module with the configuration of another.
     *
     * @param configuration the other
     */
    protected NpiProvider(NpiProvider<C, P> configuration) {
        this(configuration.own, configuration.implementations, configuration.versions);
    }

    /**
     * Creates a provider with the same implementation for all clients.
     *
     * @param <C> the client's dispatch table
     * @param <P> the provider's dispatch table
     * @param npi the NPI
     * @param moduleId the module
     * @param implementation what clients call
     * @return the provider
     */
    public static <C, P> NpiProvider<C, P> of(Npi<C, P> npi, ModuleId moduleId, P implementation) {
        return of(npi, moduleId, Implementations.same(implementation));
    }

    /**
     * Creates a provider with a separate implementation for each client.
     *
     * @param <C> the client's dispatch table
     * @param <P> the provider's dispatch table
     * @param npi the NPI
     * @param moduleId the module
     * @param implementations makes what a client calls. If it throws, the client is refused, and the log names the
     *     exception. An implementation that is {@link AutoCloseable} is closed when its client is detached and no call of
     *     it is in progress
     * @return the provider
     */
    public static <C, P> NpiProvider<C, P> perClient(
            Npi<C, P> npi, ModuleId moduleId, Function<? super ClientDescription<C>, ? extends P> implementations) {
        return of(npi, moduleId, Implementations.perClient(implementations));
    }

    private static <C, P> NpiProvider<C, P> of(
            Npi<C, P> npi, ModuleId moduleId, Implementations<C, P> implementations) {
        return new NpiProvider<>(Profile.of(npi, Role.PROVIDER, moduleId), implementations, npi.callbackVersions());
    }

    /**
     * Sets the implementation number, for clients to judge; the newest provider has the highest.
     *
     * @param number any value; the default is 0
     * @return a copy with the number
     */
    public final NpiProvider<C, P> withNumber(long number) {
        return with(own.withNumber(number));
    }

    /**
     * Sets the characteristics that clients see before they attach.
     *
     * @param characteristics immutable, of the type that the {@link Npi} names for providers; null only where it names none
     * @return a copy with the characteristics
     * @throws IllegalArgumentException if they are of another type
     */
    public final NpiProvider<C, P> withCharacteristics(Object characteristics) {
        return with(own.withCharacteristics(characteristics));
    }

    /**
     * Sets the clock for times in messages.
     *
     * @param clock the default is the system's
     * @return a copy with the clock
     */
    public final NpiProvider<C, P> withClock(InstantSource clock) {
        return with(own.withClock(clock));
    }

    /**
     * Attaches only clients that satisfy a predicate. It refuses others with {@link NmrStatus#NOINTERFACE}.
     *
     * @param predicate asked each time that a client asks to attach
     * @return a copy with the predicate
     */
    public final NpiProvider<C, P> withAccept(Predicate<? super ModuleDescription> predicate) {
        return withAccept(predicate, NmrStatus.NOINTERFACE);
    }

    /**
     * Attaches only clients that satisfy a predicate.
     *
     * @param predicate asked each time that a client asks to attach
     * @param otherwise the status to refuse others with. Only after {@link NmrStatus#NOINTERFACE} does a client ask again,
     *     with an earlier version of its callbacks
     * @return a copy with the predicate
     * @throws IllegalArgumentException if {@code otherwise} is {@link NmrStatus#SUCCESS}
     */
    public final NpiProvider<C, P> withAccept(Predicate<? super ModuleDescription> predicate, NmrStatus otherwise) {
        return with(own.withAccept(predicate, otherwise));
    }

    /**
     * Restricts the provider to some versions of the client's callbacks. It refuses others, and the client offers its next
     * version (A6).
     *
     * @param known versions of the NPI's client dispatch table
     * @return a copy that knows these versions
     * @throws IllegalArgumentException if there is another type among them
     */
    public final NpiProvider<C, P> withClientVersions(Class<?>... known) {
        List<Class<?>> types = List.of(known);
        List<CallbackVersion<?, C>> all = own.npi().callbackVersions();
        List<CallbackVersion<?, C>> left =
                all.stream().filter(version -> types.contains(version.type())).toList();
        if (left.isEmpty() || left.size() != types.size()) {
            throw new IllegalArgumentException(
                    types + ": versions of the client dispatch table expected, " + CallbackVersion.types(all));
        }
        return new NpiProvider<>(own, implementations, left);
    }

    private NpiProvider<C, P> with(Profile<C, P> profile) {
        return new NpiProvider<>(profile, implementations, versions);
    }

    @Override
    public final String npiName() {
        return own.npi().name();
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
        NmrStatus judgement = own.judge(other);
        if (!judgement.isSuccess()) {
            return new Refused(judgement);
        }
        BindingContext<C> binding = new BindingContext<>(client);
        if (hasCallbacks()) {
            binding.attach(clientDispatch, null);
            if (CallbackVersion.of(clientDispatch, versions).isEmpty()) {
                return refuse(other, clientDispatch);
            }
        }
        binding.announce(handle);
        P implementation = implementations.make(binding, new ClientDescription<>(other, callbacks(binding)));
        clients.add(binding);
        return new Attached(binding, implementation);
    }

    /** Null without callbacks. Made for each use: one in each binding would cost 16 bytes (G7). */
    private C callbacks(BindingContext<C> binding) {
        return CallbackVersion.of(binding.target(), versions)
                .map(version -> version.tracked(binding))
                .orElse(null);
    }

    /** A version that this provider does not know needs no message: the client offers others (A6). */
    private AttachResult refuse(ModuleDescription client, Object dispatch) {
        if (CallbackVersion.of(dispatch, own.npi().callbackVersions()).isEmpty()) {
            own.refuseDispatch(client, dispatch, CallbackVersion.types(versions));
        }
        return new Refused(NmrStatus.NOINTERFACE);
    }

    private boolean hasCallbacks() {
        return !versions.isEmpty();
    }

    /**
     * Without callbacks no call can be in progress. The gate does not count: a raw client may have entered it, since the
     * registrar passes it on as an opaque context (A5).
     */
    @Override
    public final NmrStatus detachClient(Object bindingContext) {
        BindingContext<C> binding = binding(bindingContext);
        binding.leave(own);
        return hasCallbacks() ? binding.detach() : NmrStatus.SUCCESS;
    }

    /** @throws IllegalStateException if closing the client's own implementation threw a checked exception, the cause */
    @Override
    public final void cleanupProviderBindingContext(Object bindingContext) {
        BindingContext<C> binding = binding(bindingContext);
        binding.cleanUp(own);
        clients.oneCleanedUp();
        implementations.close(binding);
    }

    @SuppressWarnings("unchecked") // attachClient gave it to the registrar
    private BindingContext<C> binding(Object bindingContext) {
        return (BindingContext<C>) bindingContext;
    }

    /**
     * Calls the callbacks of every attached client, one after the other, in no particular order. It skips a client that
     * begins to detach. If one throws, the others are called all the same. The object for the callbacks of a client may
     * be another one at each call.
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
     * Calls every client, as {@link #forEachClient(Action)}, and tells the code which client it is.
     *
     * @param <X> what {@code action} throws
     * @param action what to call
     * @throws X the first exception, once all have been called; the others are suppressed in it
     * @throws IllegalStateException if the NPI defines no callbacks
     */
    public final <X extends Exception> void forEachClient(DescribedAction<? super C, X> action) throws X {
        if (!hasCallbacks()) {
            throw new IllegalStateException(own.npi() + " defines no callbacks of clients");
        }
        Failures failures = new Failures();
        attachedClients().forEach(binding ->
                binding.call((admitted, client) -> action.run(callbacks(admitted), client), failures));
        failures.<X>throwFirst();
    }

    /** {@return the attached clients; may be stale when it is read} */
    public final List<AttachedModule> attached() {
        return attachedClients().flatMap(BindingContext::snapshot).toList();
    }

    private Stream<BindingContext<C>> attachedClients() {
        return clients.snapshot().stream().filter(binding -> !binding.isLeaving());
    }

    @Override
    public final String toString() {
        return own.toString();
    }
}
