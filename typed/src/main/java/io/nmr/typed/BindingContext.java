package io.nmr.typed;

import io.nmr.api.BindingHandle;
import io.nmr.api.CallChain;
import io.nmr.api.CallGate;
import io.nmr.api.NmrStatus;
import io.nmr.api.RegistrationInstance;
import io.nmr.typed.guard.LateExit;
import io.nmr.typed.guard.Tracked;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.stream.Stream;

/**
 * One side of a binding: the context that a typed module gives to the registrar. It is also the gate that counts the
 * calls into the other side. A bundle has one for each binding, so it has few fields (G7).
 *
 * <p><b>States.</b> Attaching → attached → detaching → cleaned up. {@code other} changes with them:
 *
 * <pre>
 *   RegistrationInstance   as the registrar passed it
 *   ModuleDescription      the same, from the first call that asks for it
 *   Ending                 detaching: since when; or cleaned up: nothing of the other side is left (R7)
 * </pre>
 *
 * <p><b>Threading.</b> The registrar's callbacks of one binding happen one after the other (A12). Calls see what an
 * attachment wrote, because the binding is published after it. A binding is cleaned up when no admitted call is left;
 * others may find it cleaned up at any time. A call that describes the other module never replaces an {@code Ending}.
 *
 * @param <T> the other side's dispatch table
 */
final class BindingContext<T> extends CallGate.Owned implements Tracked {

    /**
     * @param own the module that has this context
     * @param module the other module; without its characteristics once the binding is cleaned up
     * @param since when the binding began to detach; null if the registrar did not call the detach callback
     */
    private record Ending(Profile<?, ?> own, ModuleDescription module, Instant since, boolean isCleanedUp) {}

    @SuppressWarnings("rawtypes") // a class literal has no type arguments
    private static final AtomicReferenceFieldUpdater<BindingContext, Object> OTHER =
            AtomicReferenceFieldUpdater.newUpdater(BindingContext.class, Object.class, "other");

    private BindingHandle handle;
    private volatile Object other;
    private Object target;
    private T dispatch;

    BindingContext(RegistrationInstance other) {
        this.other = other;
    }

    /** Inside the attach callback. */
    void announce(BindingHandle mine) {
        handle = mine;
        mine.announce(this);
    }

    /** Inside the attach callback, once the other side's dispatch table is known; {@code tracked} is null at a provider. */
    void attach(Object theirs, T tracked) {
        target = theirs;
        dispatch = tracked;
    }

    /** At a client the provider's tracked dispatch table. */
    T dispatch() {
        return dispatch;
    }

    @Override
    public Object target() {
        return target;
    }

    /** The other module, described once for all calls that ask; null once the binding is cleaned up. */
    ModuleDescription other() {
        return present(other instanceof RegistrationInstance ? describeOnce() : other);
    }

    private Object describeOnce() {
        if (other instanceof RegistrationInstance instance) {
            OTHER.compareAndSet(this, instance, ModuleDescription.of(instance));
        }
        return other;
    }

    /** As {@link #other}, without keeping the description: for a look at many bindings. */
    ModuleDescription describe() {
        return present(other);
    }

    private static ModuleDescription present(Object seen) {
        return isCleanedUp(seen) ? null : module(seen);
    }

    private static ModuleDescription module(Object seen) {
        if (seen instanceof RegistrationInstance instance) {
            return ModuleDescription.of(instance);
        }
        return seen instanceof Ending ending ? ending.module : (ModuleDescription) seen;
    }

    /** The other module, for messages: after the cleanup without its characteristics. */
    ModuleDescription otherAtAnyTime() {
        return module(other);
    }

    /** Empty once the binding is cleaned up. */
    Stream<AttachedModule> snapshot() {
        return Stream.ofNullable(describe()).map(module -> new AttachedModule(module, inProgress()));
    }

    /** The binding begins to detach. A call that the gate refuses from now on reports since when. */
    void leave(Profile<?, ?> own) {
        markEnding(own, own.clock().instant(), false);
    }

    /** Whether it has begun to detach, or is cleaned up. */
    boolean isLeaving() {
        return other instanceof Ending;
    }

    boolean isCleanedUp() {
        return isCleanedUp(other);
    }

    private static boolean isCleanedUp(Object seen) {
        return seen instanceof Ending ending && ending.isCleanedUp;
    }

    /** After {@link #leave} (D2 to D5). */
    NmrStatus detach() {
        return close(handle::detachComplete);
    }

    /** Both sides are detached (C1). */
    void cleanUp(Profile<?, ?> own) {
        markEnding(own, other instanceof Ending ending ? ending.since : null, true);
        handle = null;
        target = null;
        dispatch = null;
    }

    private void markEnding(Profile<?, ?> own, Instant since, boolean isCleanedUp) {
        ModuleDescription module = module(other);
        other = new Ending(own, isCleanedUp ? module.withoutCharacteristics() : module, since, isCleanedUp);
    }

    @Override
    public Object begin() {
        Object begun = CallChain.begin(this);
        if (begun == null) {
            throw detached();
        }
        return begun;
    }

    @Override
    public void end(Object begun) {
        CallChain.end(this, begun);
    }

    @Override
    public void enterAsync() {
        if (!CallChain.enterAsync(this)) {
            throw detached();
        }
    }

    @Override
    public void exit() {
        CallChain.exit(this);
    }

    @Override
    public LateExit exitLater() {
        return new LateExit(this, CallChain.leave(this));
    }

    /** Runs the action inside a call if the gate admits it, and adds what it throws. */
    void call(DescribedAction<BindingContext<T>, ?> action, Failures failures) {
        Object begun = CallChain.begin(this);
        if (begun != null) {
            try {
                action.run(this, other());
            } catch (Throwable t) {
                failures.add(t);
            } finally {
                end(begun);
            }
        }
    }

    /** For a call that the gate has refused. */
    DetachedException detached() {
        Instant since = other instanceof Ending ending ? ending.since : null;
        return new DetachedException("Detached" + since(since) + ": " + this + "; nothing was called", since);
    }

    private String since(Instant began) {
        if (began != null && other instanceof Ending ending) {
            return " since " + began + " (" + Duration.between(began, ending.own.clock().instant()).toMillis() + " ms)";
        }
        return "";
    }

    /** While it is attached, the handle knows the binding: a reference to the own module would cost too much (G7). */
    @Override
    public String toString() {
        if (other instanceof Ending ending) {
            Object role = ending.own.role().opposite();
            return "the " + role + "'s dispatch table in the binding of " + ending.own + " to " + role + " " + ending.module;
        }
        return "the dispatch table of module " + otherAtAnyTime() + ", by " + handle;
    }
}
