package io.nmr.typed;

import io.nmr.api.AttachResult;
import io.nmr.api.AttachResult.Attached;
import io.nmr.api.ClientBindingHandle;
import io.nmr.api.ClientCharacteristics;
import io.nmr.api.ModuleId;
import io.nmr.api.NmrStatus;
import io.nmr.api.RegistrationInstance;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A client module. Publishing it as a {@link ClientCharacteristics} service is all the registration there is (O1); it
 * attaches to every provider of its NPI, and {@link Caller} says how it calls them.
 *
 * <p>Each {@code with…} answers another module, with no bindings: configure first, then publish. One object is one
 * registration. A Declarative Services component extends this class and configures {@code super(NpiClient.of(…))}.
 *
 * <p><b>Threading.</b> Any thread; see {@link Caller}. Its callbacks are called on threads of the providers', possibly
 * before it knows that it is attached (A12).
 *
 * @param <C> its dispatch table, its callbacks; {@code Void} where the NPI defines none
 * @param <P> the provider's dispatch table
 */
@ConsumerType
public class NpiClient<C, P> implements ClientCharacteristics, Caller<P> {

    private final Npi<C, P> npi;
    private final Profile own;
    private final Function<? super ModuleDescription, ? extends C> callbacks;
    private final Predicate<? super ModuleDescription> accept;
    private final ProviderChoice choice;
    private final Duration patience;
    private final Bindings<P> bindings;
    private final Calls<P> calls;

    private NpiClient(
            Npi<C, P> npi,
            Profile own,
            Function<? super ModuleDescription, ? extends C> callbacks,
            Predicate<? super ModuleDescription> accept,
            ProviderChoice choice,
            Duration patience) {
        this.npi = npi;
        this.own = own;
        this.callbacks = Objects.requireNonNull(callbacks, "callbacks");
        this.accept = Objects.requireNonNull(accept, "accept");
        this.choice = Objects.requireNonNull(choice, "choice");
        this.patience = Objects.requireNonNull(patience, "patience");
        this.bindings = new Bindings<>(choice);
        this.calls = new Calls<>(own, npi.providerGuards(), bindings, Calls.ANY, patience);
    }

    /**
     * A module that is configured as another.
     *
     * @param configuration the other
     */
    protected NpiClient(NpiClient<C, P> configuration) {
        this(
                configuration.npi,
                configuration.own,
                configuration.callbacks,
                configuration.accept,
                configuration.choice,
                configuration.patience);
    }

    /**
     * A client of an NPI that defines no callbacks.
     *
     * @param <P> the provider's dispatch table
     * @param npi the NPI
     * @param moduleId the module
     * @return the module
     */
    public static <P> NpiClient<Void, P> of(Npi<Void, P> npi, ModuleId moduleId) {
        return perProvider(npi, moduleId, provider -> null);
    }

    /**
     * A client with the same callbacks for all providers.
     *
     * @param <C> the client's dispatch table
     * @param <P> the provider's dispatch table
     * @param npi the NPI
     * @param moduleId the module
     * @param callbacks what providers call
     * @return the module
     */
    public static <C, P> NpiClient<C, P> of(Npi<C, P> npi, ModuleId moduleId, C callbacks) {
        Objects.requireNonNull(callbacks, "callbacks");
        return perProvider(npi, moduleId, provider -> callbacks);
    }

    /**
     * A client with callbacks of their own for each provider.
     *
     * @param <C> the client's dispatch table
     * @param <P> the provider's dispatch table
     * @param npi the NPI
     * @param moduleId the module
     * @param callbacks makes what a provider calls; asked at each attachment
     * @return the module
     */
    public static <C, P> NpiClient<C, P> perProvider(
            Npi<C, P> npi, ModuleId moduleId, Function<? super ModuleDescription, ? extends C> callbacks) {
        Profile own = new Profile(
                npi, Role.CLIENT, new ModuleDescription(moduleId, 0, null), InstantSource.system());
        return new NpiClient<>(npi, own, callbacks, provider -> true, ProviderChoice.newest(), Duration.ZERO);
    }

    /**
     * With an implementation number, for the other side to judge.
     *
     * @param number any value; 0 unless told otherwise
     * @return the other module
     */
    public final NpiClient<C, P> withNumber(long number) {
        return with(own.withNumber(number));
    }

    /**
     * With characteristics, which the other side is shown at every offer.
     *
     * @param characteristics immutable, of the type that the {@link Npi} names for clients; null only where it names none
     * @return the other module
     * @throws IllegalArgumentException if the NPI has its clients say something else
     */
    public final NpiClient<C, P> withCharacteristics(Object characteristics) {
        return with(own.withCharacteristics(characteristics));
    }

    /**
     * With a clock, for the times in messages.
     *
     * @param clock the system's unless told otherwise
     * @return the other module
     */
    public final NpiClient<C, P> withClock(InstantSource clock) {
        return with(own.withClock(clock));
    }

    /**
     * Attaching to those providers only that satisfy a predicate.
     *
     * @param predicate asked at each offer
     * @return the other module
     */
    public final NpiClient<C, P> withAccept(Predicate<? super ModuleDescription> predicate) {
        return new NpiClient<>(npi, own, callbacks, predicate, choice, patience);
    }

    /**
     * With a choice of the provider that serves a call.
     *
     * @param other {@link ProviderChoice#newest} unless told otherwise
     * @return the other module
     */
    public final NpiClient<C, P> withChoice(ProviderChoice other) {
        return new NpiClient<>(npi, own, callbacks, accept, other, patience);
    }

    /**
     * Waiting for a provider where none takes a call.
     *
     * @param bound how long a call waits at most, zero unless told otherwise; zero or less is not to wait
     * @return the other module
     */
    public final NpiClient<C, P> withPatience(Duration bound) {
        return new NpiClient<>(npi, own, callbacks, accept, choice, bound);
    }

    private NpiClient<C, P> with(Profile profile) {
        return new NpiClient<>(npi, profile, callbacks, accept, choice, patience);
    }

    @Override
    public final String npiName() {
        return npi.name();
    }

    @Override
    public final RegistrationInstance clientRegistrationInstance() {
        bindings.leaving(false); // published anew
        return own.instance();
    }

    @Override
    public final NmrStatus attachProvider(
            ClientBindingHandle handle, Object registrationContext, RegistrationInstance provider) {
        ModuleDescription other = ModuleDescription.of(provider);
        if (!own.understands(other) || !accept.test(other)) {
            return NmrStatus.NOINTERFACE; // A2
        }
        ClientSide<P> binding = new ClientSide<>(own, provider);
        binding.announce(handle);
        AttachResult result = attach(handle, binding, callbacks.apply(other));
        return result instanceof Attached attached ? accept(binding, attached.dispatch()) : result.status();
    }

    /** Offers the versions of the callbacks, the current one first, until the provider takes one (A6). */
    private AttachResult attach(ClientBindingHandle handle, ClientSide<P> binding, C callbacksNow) {
        List<ClientVersion<?, C>> versions = npi.clientVersions().all();
        if (versions.isEmpty()) {
            return handle.attach(binding, null);
        }
        Objects.requireNonNull(callbacksNow, () -> own + " has no callbacks for provider " + binding.describe());
        AttachResult result = handle.attach(binding, versions.get(0).offered(callbacksNow));
        for (int i = 1; i < versions.size() && result.status().equals(NmrStatus.NOINTERFACE); i++) {
            result = handle.attach(binding, versions.get(i).offered(callbacksNow));
        }
        return result;
    }

    /** The provider has accepted: a failure from here on leads to the normal detach of both (A11). */
    private NmrStatus accept(ClientSide<P> binding, Object dispatch) {
        if (!npi.provider().isInstance(dispatch)) {
            own.refuseDispatch(binding.describe(), dispatch, List.of(npi.provider()));
            return NmrStatus.NOINTERFACE;
        }
        binding.attach(dispatch, npi.providerGuards().guard(binding));
        bindings.attached(binding);
        return NmrStatus.SUCCESS;
    }

    @Override
    public final void clientDeregistering() {
        bindings.leaving(true);
    }

    @Override
    public final NmrStatus detachProvider(Object bindingContext) {
        ClientSide<P> binding = binding(bindingContext);
        binding.leave();
        bindings.detaching();
        return binding.detach();
    }

    @Override
    public final void cleanupClientBindingContext(Object bindingContext) {
        ClientSide<P> binding = binding(bindingContext);
        binding.cleanUp();
        bindings.gone();
    }

    @SuppressWarnings("unchecked") // it is what attachProvider gave to the registrar
    private ClientSide<P> binding(Object bindingContext) {
        return (ClientSide<P>) bindingContext;
    }

    @Override
    public final <R, X extends Exception> R call(Call<? super P, ? extends R, X> call) throws X {
        return calls.call(call);
    }

    @Override
    public final <R, X extends Exception> R call(DescribedCall<? super P, ? extends R, X> call) throws X {
        return calls.call(call);
    }

    @Override
    public final <X extends Exception> void run(Action<? super P, X> action) throws X {
        calls.run(action);
    }

    @Override
    public final <R> CompletionStage<R> callAsync(Call<? super P, ? extends CompletionStage<R>, ?> call) {
        return calls.callAsync(call);
    }

    @Override
    public final <R> CompletionStage<R> callAsync(DescribedCall<? super P, ? extends CompletionStage<R>, ?> call) {
        return calls.callAsync(call);
    }

    @Override
    public final <T, X extends Exception> Held<T> hold(
            Call<? super P, ? extends T, X> call, Consumer<? super Held<T>> whenDetaching) throws X {
        return calls.hold(call, whenDetaching);
    }

    @Override
    public final <X extends Exception> void forEach(Action<? super P, X> action) throws X {
        calls.forEach(action);
    }

    @Override
    public final <X extends Exception> void forEach(DescribedAction<? super P, X> action) throws X {
        calls.forEach(action);
    }

    @Override
    public final List<AttachedModule> attached() {
        return calls.attached();
    }

    @Override
    public final Caller<P> where(Predicate<? super ModuleDescription> predicate) {
        return calls.where(predicate);
    }

    @Override
    public final Caller<P> waiting(Duration bound) {
        return calls.waiting(bound);
    }

    /** How many threads wait for a provider; for tests. */
    final int waiting() {
        return bindings.waiting();
    }

    @Override
    public final String toString() {
        return own.toString();
    }
}
