package io.nmr.typed;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Calls the providers that a client is attached to.
 *
 * <p><b>Which provider.</b> A call tries the providers in the order of the client's {@link ProviderChoice}. It goes to the
 * first that satisfies the predicates and does not detach. A call that a provider has admitted is never repeated
 * with another, even if it fails.
 *
 * <p><b>No provider.</b> If no provider admits a call, it waits for one, as long as the client's patience or
 * {@link #waiting} says, and then throws {@link NoProviderException}. By default it does not wait. A patience that is longer
 * than an update takes carries calls over an update in place. An asynchronous call waits on the calling thread.
 *
 * <p><b>Threading.</b> Any thread, virtual ones too. A waiting thread holds no lock. It throws
 * {@link NoProviderException} at once when the client's deregistration begins, and when it is interrupted; its interrupt status
 * stays set. Within a call of a provider that begins to detach, a further call does not wait for another provider. It
 * goes to the same one, whose detach waits for the outer call (T6).
 *
 * <p><b>Errors.</b> Exceptions of the given code reach the caller unchanged, checked ones with their type.
 *
 * @param <P> the provider's dispatch table
 */
@ProviderType
public interface Caller<P> {

    /**
     * Calls a provider. It stays attached until {@code call} returns, however many methods that calls.
     *
     * @param <R> the result
     * @param <X> what {@code call} throws
     * @param call what to call; if it gets a stage from the provider, the binding stays in use until that completes (T4)
     * @return what {@code call} returns
     * @throws X what {@code call} throws
     * @throws NoProviderException if no provider takes the call
     */
    <R, X extends Exception> R call(Call<? super P, ? extends R, X> call) throws X;

    /**
     * Calls a provider, as {@link #call(Call)}, and tells the code which provider it is.
     *
     * @param <R> the result
     * @param <X> what {@code call} throws
     * @param call what to call
     * @return what {@code call} returns
     * @throws X what {@code call} throws
     * @throws NoProviderException if no provider takes the call
     */
    <R, X extends Exception> R call(DescribedCall<? super P, ? extends R, X> call) throws X;

    /**
     * Calls a provider, as {@link #call(Call)}, without a result.
     *
     * @param <X> what {@code action} throws
     * @param action what to call
     * @throws X what {@code action} throws
     * @throws NoProviderException if no provider takes the call
     */
    default <X extends Exception> void run(Action<? super P, X> action) throws X {
        call(dispatch -> {
            action.run(dispatch);
            return null;
        });
    }

    /**
     * Calls a provider asynchronously. It stays attached until the stage completes that {@code call} returns. Until then
     * the dispatch table given to {@code call} admits calls on any thread, even if the binding detaches (T4, T6).
     *
     * @param <R> the result
     * @param call what to call
     * @return a copy of the stage that {@code call} returns; it fails with what {@code call} throws, or with a
     *     {@link NoProviderException}. To cancel the copy does not end the call
     */
    default <R> CompletionStage<R> callAsync(Call<? super P, ? extends CompletionStage<R>, ?> call) {
        return callAsync((dispatch, provider) -> call.call(dispatch));
    }

    /**
     * Calls a provider asynchronously, as {@link #callAsync(Call)}, and tells the code which provider it is.
     *
     * @param <R> the result
     * @param call what to call
     * @return as {@link #callAsync(Call)}
     */
    <R> CompletionStage<R> callAsync(DescribedCall<? super P, ? extends CompletionStage<R>, ?> call);

    /**
     * Gets an object from a provider, such as a session. The provider stays attached until the object is released
     * (D11, T6).
     *
     * @param <T> the object
     * @param <X> what {@code call} throws
     * @param call what to call
     * @param whenDetaching called at most once, when the binding detaches and waits for the release; on the registrar's
     *     thread, so it must not block
     * @return holds the object
     * @throws X what {@code call} throws
     * @throws NoProviderException if no provider takes the call
     */
    <T, X extends Exception> Held<T> hold(Call<? super P, ? extends T, X> call, Consumer<? super Held<T>> whenDetaching)
            throws X;

    /**
     * Calls every attached provider that satisfies the predicates, one after the other. It skips a provider that
     * begins to detach. If one throws, the others are called all the same.
     *
     * @param <X> what {@code action} throws
     * @param action what to call
     * @throws X the first exception, once all have been called; the others are suppressed in it
     */
    default <X extends Exception> void forEach(Action<? super P, X> action) throws X {
        forEach((dispatch, provider) -> action.run(dispatch));
    }

    /**
     * Calls every attached provider, as {@link #forEach(Action)}, and tells the code which provider it is.
     *
     * @param <X> what {@code action} throws
     * @param action what to call
     * @throws X the first exception, once all have been called; the others are suppressed in it
     */
    <X extends Exception> void forEach(DescribedAction<? super P, X> action) throws X;

    /**
     * {@return the attached providers that satisfy the predicates, in the order in which calls try them; may be stale
     * when it is read}
     */
    List<AttachedModule> attached();

    /**
     * Restricts calls to the providers that satisfy a predicate, and the predicates of this caller.
     *
     * @param predicate asked at each call
     * @return a caller for these providers
     */
    Caller<P> where(Predicate<? super ModuleDescription> predicate);

    /**
     * Restricts calls to the providers whose characteristics satisfy a predicate.
     *
     * @param <T> the characteristics
     * @param type the type that the {@link Npi} names for them
     * @param predicate asked at each call
     * @return a caller for these providers
     */
    default <T> Caller<P> where(Class<T> type, Predicate<? super T> predicate) {
        return where(provider -> predicate.test(provider.characteristics(type)));
    }

    /**
     * Sets how long a call waits for a provider.
     *
     * @param patience the longest wait; zero or less means not to wait
     * @return a caller that waits as long
     */
    Caller<P> waiting(Duration patience);
}
