package io.nmr.typed;

import io.nmr.api.AttachResult;
import io.nmr.api.AttachResult.Attached;
import io.nmr.api.ClientBindingHandle;
import io.nmr.api.ClientCharacteristics;
import io.nmr.api.ModuleId;
import io.nmr.api.NmrStatus;
import io.nmr.api.RegistrationInstance;
import io.nmr.api.runtime.Role;
import io.nmr.typed.guard.GuardFactory;
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
 * A client module. Publish it as a {@link ClientCharacteristics} service: that registers it (O1). It attaches to every
 * provider of its NPI, and calls them as {@link Caller} describes.
 *
 * <p>Each {@code with…} method returns a copy without bindings: configure first, then publish. One object is one
 * registration. A Declarative Services component extends this class and configures it by {@code super(NpiClient.of(…))}.
 *
 * <p><b>Threading.</b> Any thread; see {@link Caller}. Providers call the callbacks on their own threads. The first may
 * come before the client has learned that it is attached (A12).
 *
 * @param <C> its dispatch table, its callbacks; {@code Void} where the NPI defines none
 * @param <P> the provider's dispatch table
 */
@ConsumerType
public class NpiClient<C, P> implements ClientCharacteristics, Caller<P> {

    private final Profile<C, P> own;
    private final Function<? super ModuleDescription, ? extends C> callbacks;
    private final ProviderChoice choice;
    private final Duration patience;
    final AttachedProviders<P> providers;
    private final CallRouter<P> router;

    private NpiClient(
            Profile<C, P> own,
            Function<? super ModuleDescription, ? extends C> callbacks,
            ProviderChoice choice,
            Duration patience) {
        this.own = own;
        this.callbacks = Objects.requireNonNull(callbacks, "callbacks");
        this.choice = Objects.requireNonNull(choice, "choice");
        this.patience = patience;
        this.providers = new AttachedProviders<>(choice);
        this.router = new CallRouter<>(own, providers, patience);
    }

    /**
     * Creates a module with the configuration of another.
     *
     * @param configuration the other
     */
    protected NpiClient(NpiClient<C, P> configuration) {
        this(configuration.own, configuration.callbacks, configuration.choice, configuration.patience);
    }

    /**
     * Creates a client of an NPI without callbacks.
     *
     * @param <P> the provider's dispatch table
     * @param npi the NPI
     * @param moduleId the module
     * @return the client
     */
    public static <P> NpiClient<Void, P> of(Npi<Void, P> npi, ModuleId moduleId) {
        return perProvider(npi, moduleId, provider -> null);
    }

    /**
     * Creates a client with the same callbacks for all providers.
     *
     * @param <C> the client's dispatch table
     * @param <P> the provider's dispatch table
     * @param npi the NPI
     * @param moduleId the module
     * @param callbacks what providers call
     * @return the client
     */
    public static <C, P> NpiClient<C, P> of(Npi<C, P> npi, ModuleId moduleId, C callbacks) {
        Objects.requireNonNull(callbacks, "callbacks");
        return perProvider(npi, moduleId, provider -> callbacks);
    }

    /**
     * Creates a client with separate callbacks for each provider.
     *
     * @param <C> the client's dispatch table
     * @param <P> the provider's dispatch table
     * @param npi the NPI
     * @param moduleId the module
     * @param callbacks makes what a provider calls; called at each attachment
     * @return the client
     */
    public static <C, P> NpiClient<C, P> perProvider(
            Npi<C, P> npi, ModuleId moduleId, Function<? super ModuleDescription, ? extends C> callbacks) {
        return new NpiClient<>(
                Profile.of(npi, Role.CLIENT, moduleId), callbacks, ProviderChoice.newest(), Duration.ZERO);
    }

    /**
     * Sets the implementation number, for providers to judge.
     *
     * @param number any value; the default is 0
     * @return a copy with the number
     */
    public final NpiClient<C, P> withNumber(long number) {
        return with(own.withNumber(number));
    }

    /**
     * Sets the characteristics that providers see before they attach.
     *
     * @param characteristics immutable, of the type that the {@link Npi} names for clients; null only where it names none
     * @return a copy with the characteristics
     * @throws IllegalArgumentException if they are of another type
     */
    public final NpiClient<C, P> withCharacteristics(Object characteristics) {
        return with(own.withCharacteristics(characteristics));
    }

    /**
     * Sets the clock for times in messages.
     *
     * @param clock the default is the system's
     * @return a copy with the clock
     */
    public final NpiClient<C, P> withClock(InstantSource clock) {
        return with(own.withClock(clock));
    }

    /**
     * Attaches only to providers that satisfy a predicate.
     *
     * @param predicate asked at each offer
     * @return a copy with the predicate
     */
    public final NpiClient<C, P> withAccept(Predicate<? super ModuleDescription> predicate) {
        return with(own.withAccept(predicate, NmrStatus.NOINTERFACE));
    }

    /**
     * Sets which provider serves a call.
     *
     * @param other the default is {@link ProviderChoice#newest}
     * @return a copy with the choice
     */
    public final NpiClient<C, P> withChoice(ProviderChoice other) {
        return new NpiClient<>(own, callbacks, other, patience);
    }

    /**
     * Sets how long a call waits if no provider takes it.
     *
     * @param bound the longest wait; zero, the default, or less means not to wait
     * @return a copy with the bound
     */
    public final NpiClient<C, P> withPatience(Duration bound) {
        return new NpiClient<>(own, callbacks, choice, bound);
    }

    private NpiClient<C, P> with(Profile<C, P> profile) {
        return new NpiClient<>(profile, callbacks, choice, patience);
    }

    @Override
    public final String npiName() {
        return own.npi().name();
    }

    @Override
    public final RegistrationInstance clientRegistrationInstance() {
        providers.leaving(false); // published anew
        return own.instance();
    }

    @Override
    public final NmrStatus attachProvider(
            ClientBindingHandle handle, Object registrationContext, RegistrationInstance provider) {
        ModuleDescription other = ModuleDescription.of(provider);
        NmrStatus judgement = own.judge(other);
        if (!judgement.isSuccess()) {
            return judgement; // A2
        }
        BindingContext<P> binding = new BindingContext<>(provider);
        binding.announce(handle);
        AttachResult result = CallbackVersion.offer(own.npi().callbackVersions(), callbacks.apply(other), handle, binding);
        return result instanceof Attached attached ? accept(binding, attached.dispatch()) : result.status();
    }

    /** The provider has accepted: if this fails, both sides are detached (A11). */
    private NmrStatus accept(BindingContext<P> binding, Object dispatch) {
        GuardFactory<P> guards = own.npi().providerGuards();
        if (!guards.type().isInstance(dispatch)) {
            own.refuseDispatch(binding.describe(), dispatch, List.of(guards.type()));
            return NmrStatus.NOINTERFACE;
        }
        binding.attach(dispatch, guards.guard(binding));
        providers.attach(binding);
        return NmrStatus.SUCCESS;
    }

    @Override
    public final void clientDeregistering() {
        providers.leaving(true);
    }

    @Override
    public final NmrStatus detachProvider(Object bindingContext) {
        BindingContext<P> binding = binding(bindingContext);
        providers.detach(binding);
        binding.leave(own);
        NmrStatus status = binding.detach();
        providers.tellHeld(binding);
        return status;
    }

    @Override
    public final void cleanupClientBindingContext(Object bindingContext) {
        binding(bindingContext).cleanUp(own);
        providers.oneCleanedUp();
    }

    @SuppressWarnings("unchecked") // attachProvider gave it to the registrar
    private BindingContext<P> binding(Object bindingContext) {
        return (BindingContext<P>) bindingContext;
    }

    @Override
    public final <R, X extends Exception> R call(Call<? super P, ? extends R, X> call) throws X {
        return router.call(call);
    }

    @Override
    public final <R, X extends Exception> R call(DescribedCall<? super P, ? extends R, X> call) throws X {
        return router.call(call);
    }

    @Override
    public final <R> CompletionStage<R> callAsync(DescribedCall<? super P, ? extends CompletionStage<R>, ?> call) {
        return router.callAsync(call);
    }

    @Override
    public final <T, X extends Exception> Held<T> hold(
            Call<? super P, ? extends T, X> call, Consumer<? super Held<T>> whenDetaching) throws X {
        return router.hold(call, whenDetaching);
    }

    @Override
    public final <X extends Exception> void forEach(DescribedAction<? super P, X> action) throws X {
        router.forEach(action);
    }

    @Override
    public final List<AttachedModule> attached() {
        return router.attached();
    }

    @Override
    public final Caller<P> where(Predicate<? super ModuleDescription> predicate) {
        return router.where(predicate);
    }

    @Override
    public final Caller<P> waiting(Duration bound) {
        return router.waiting(bound);
    }

    @Override
    public final String toString() {
        return own.toString();
    }
}
