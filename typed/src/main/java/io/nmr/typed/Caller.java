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
 * <p><b>Which provider.</b> The first, in the order of the client's {@link ProviderChoice}, that satisfies the predicates
 * and admits the call. One whose binding begins to detach meanwhile does not admit it, and the next is asked: nothing
 * has been called by then. A call that was admitted is never repeated elsewhere, whether it fails or not.
 *
 * <p><b>No provider.</b> A call that nobody admits waits until a provider does, up to the client's bound or that of
 * {@link #waiting}, and is a {@link NoProviderException} then. The bound is zero unless told otherwise. One that is
 * longer than an update takes carries callers over the update of a provider in place. An asynchronous call waits for its
 * provider like any other, on the calling thread.
 *
 * <p><b>Threading.</b> Any thread, virtual ones too. A thread waits here holding no lock; it is released at once when the
 * client's deregistration begins, and when it is interrupted: that is a {@link NoProviderException}, and the interrupt
 * status stays set. Inside a call of a provider that begins to detach a further call does not wait for another one: it
 * goes to the same (T6), for that one's detach waits for it.
 *
 * <p><b>Errors.</b> What the given code throws reaches the caller as it is, checked exceptions with their type.
 *
 * @param <P> the provider's dispatch table
 */
@ProviderType
public interface Caller<P> {

    /**
     * Calls a provider. It stays attached until {@code call} returns, whichever methods that calls.
     *
     * @param <R> the result
     * @param <X> what {@code call} throws
     * @param call what to call; stages that it gets from the provider keep the binding in progress beyond it (T4)
     * @return what {@code call} returns
     * @throws X what {@code call} throws
     * @throws NoProviderException if no provider takes the call
     */
    <R, X extends Exception> R call(Call<? super P, ? extends R, X> call) throws X;

    /**
     * As {@link #call(Call)}, told which provider it is.
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
     * As {@link #call(Call)}, without a result.
     *
     * @param <X> what {@code action} throws
     * @param action what to call
     * @throws X what {@code action} throws
     * @throws NoProviderException if no provider takes the call
     */
    <X extends Exception> void run(Action<? super P, X> action) throws X;

    /**
     * Calls a provider asynchronously. It stays attached until the stage that {@code call} returns completes, and calls
     * made meanwhile through the dispatch table given to {@code call}, on any thread, are admitted (T4, T6).
     *
     * @param <R> the result
     * @param call what to call
     * @return completes as the stage that {@code call} returns, or exceptionally with what it throws or with a
     *     {@link NoProviderException}; a copy, whose cancelling ends nothing
     */
    <R> CompletionStage<R> callAsync(Call<? super P, ? extends CompletionStage<R>, ?> call);

    /**
     * As {@link #callAsync(Call)}, told which provider it is.
     *
     * @param <R> the result
     * @param call what to call
     * @return as {@link #callAsync(Call)}
     */
    <R> CompletionStage<R> callAsync(DescribedCall<? super P, ? extends CompletionStage<R>, ?> call);

    /**
     * Gets an object from a provider, such as a session, and keeps the provider attached until it is released (D11, T6).
     *
     * @param <T> the object
     * @param <X> what {@code call} throws
     * @param call what to call
     * @param whenDetaching told, at most once, that the binding detaches and waits for the release; on the registrar's
     *     thread, so it must not block
     * @return holds the object
     * @throws X what {@code call} throws
     * @throws NoProviderException if no provider takes the call
     */
    <T, X extends Exception> Held<T> hold(Call<? super P, ? extends T, X> call, Consumer<? super Held<T>> whenDetaching)
            throws X;

    /**
     * Calls every attached provider that satisfies the predicates, one after the other; those that begin to detach are
     * left out. One that throws does not keep the others from being called.
     *
     * @param <X> what {@code action} throws
     * @param action what to call
     * @throws X the first exception, once all have been called; the others are suppressed in it
     */
    <X extends Exception> void forEach(Action<? super P, X> action) throws X;

    /**
     * As {@link #forEach(Action)}, told which provider it is.
     *
     * @param <X> what {@code action} throws
     * @param action what to call
     * @throws X the first exception, once all have been called; the others are suppressed in it
     */
    <X extends Exception> void forEach(DescribedAction<? super P, X> action) throws X;

    /**
     * {@return the attached providers that satisfy the predicates, in the order in which they are asked; may be stale
     * by the time it is read}
     */
    List<AttachedModule> attached();

    /**
     * Calls those providers only that satisfy a predicate, and this caller's own.
     *
     * @param predicate asked at each call
     * @return a caller
     */
    Caller<P> where(Predicate<? super ModuleDescription> predicate);

    /**
     * Calls those providers only whose characteristics satisfy a predicate.
     *
     * @param <T> the characteristics
     * @param type the type that the {@link Npi} names for them
     * @param predicate asked at each call
     * @return a caller
     */
    default <T> Caller<P> where(Class<T> type, Predicate<? super T> predicate) {
        return where(provider -> predicate.test(provider.characteristics(type)));
    }

    /**
     * Waits for a provider at most so long, instead of as long as this caller does.
     *
     * @param patience the bound; zero or less is not to wait
     * @return a caller
     */
    Caller<P> waiting(Duration patience);
}
