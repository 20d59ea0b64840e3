package io.nmr.typed;

import io.nmr.api.BindingHandle;
import io.nmr.api.CallChain;
import io.nmr.api.CallGate;
import io.nmr.api.NmrStatus;
import io.nmr.api.RegistrationInstance;
import io.nmr.typed.guard.LateExit;
import io.nmr.typed.guard.Tracked;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * One side of a binding: the context that a typed module gives to the registrar, and the gate that counts its calls. Whoever
 * has it can close it: the registrar, and the other module, for which it is an opaque context (A4, A5); users hold a guard of
 * it. There are as many as bindings, so it holds little: {@code BindingFootprintTest} has the figures (G7).
 *
 * <p><b>States.</b> Begun → attached → detaching → cleaned up (nothing of the other side is left, R7). {@code other} goes
 * with them:
 *
 * <pre>
 *   RegistrationInstance   what the registrar showed
 *   ModuleDescription      the same, as calls ask for it: made for the first that does
 *   Ending                 detaching: since when; or cleaned up
 * </pre>
 *
 * <p><b>Threading.</b> The registrar's callbacks do not overlap and happen-before each other (A12). Calls see what
 * attaching wrote because a binding is published after it; an admitted call is over before {@link #cleanUp}. Others
 * may find it cleaned up at any moment, and read each field once.
 *
 * @param <T> the other side's dispatch table
 */
abstract sealed class Binding<T> extends CallGate.Owned implements Tracked permits ClientSide, ProviderSide {

    /**
     * @param module who the other side is; once cleaned up, without its characteristics
     * @param since when the binding began to detach; null if it never did
     */
    private record Ending(ModuleDescription module, Instant since, boolean isOver) {}

    private static final VarHandle OTHER;

    static {
        try {
            OTHER = MethodHandles.lookup().findVarHandle(Binding.class, "other", Object.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Profile own;
    private BindingHandle handle;
    private volatile Object other;

    /** Begins inside the attach callback. */
    Binding(Profile own, RegistrationInstance other) {
        this.own = own;
        this.other = other;
    }

    /** The registrar counts with it; still inside the attach callback. */
    final void announce(BindingHandle mine) {
        handle = mine;
        mine.announce(this);
    }

    /** The tracked dispatch of the other side; null where it has none. */
    abstract T dispatch();

    /** Who the other side is, for those who ask call by call; null once it is cleaned up. */
    final ModuleDescription other() {
        Object seen = other;
        if (seen instanceof RegistrationInstance instance) {
            ModuleDescription made = ModuleDescription.of(instance);
            seen = OTHER.compareAndSet(this, instance, made) ? made : other;
        }
        return describe(seen);
    }

    /** The same for those who look at many, once: nothing is kept. */
    final ModuleDescription describe() {
        return describe(other);
    }

    private static ModuleDescription describe(Object seen) {
        if (seen instanceof ModuleDescription module) {
            return module;
        }
        if (seen instanceof Ending ending) {
            return ending.isOver ? null : ending.module;
        }
        return ModuleDescription.of((RegistrationInstance) seen);
    }

    final boolean satisfies(Predicate<? super ModuleDescription> predicate) {
        ModuleDescription module = other();
        return module != null && predicate.test(module);
    }

    /** It begins to detach: from here on those whom the gate refuses are told since when. */
    final void leave() {
        other = new Ending(describe(), own.clock().instant(), false);
    }

    /** Whether it has begun to. */
    final boolean isLeaving() {
        return other instanceof Ending;
    }

    /** Whether it is cleaned up. */
    final boolean isOver() {
        return other instanceof Ending ending && ending.isOver;
    }

    /** Ends it for this side, which has begun to leave (D2 to D5). */
    NmrStatus detach() {
        return close(handle::detachComplete);
    }

    /** Both sides are detached (C1). */
    void cleanUp() {
        other = ended();
        handle = null;
    }

    private Ending ended() {
        ModuleDescription gone = describe().withoutCharacteristics();
        return new Ending(gone, other instanceof Ending ending ? ending.since : null, true);
    }

    /** Who the other side is or was, for messages. */
    final ModuleDescription otherAtAnyTime() {
        Object seen = other;
        return seen instanceof Ending ending ? ending.module : describe(seen);
    }

    final void failed(String what, RuntimeException failure) {
        own.failed(what, failure);
    }

    /** Empty once it is cleaned up. */
    final Stream<AttachedModule> snapshot() {
        return Stream.ofNullable(describe()).map(module -> new AttachedModule(module, inProgress()));
    }

    @Override
    public final Object begin() {
        Object begun = CallChain.begin(this);
        if (begun == null) {
            throw detached();
        }
        return begun;
    }

    @Override
    public final void end(Object begun) {
        CallChain.end(this, begun);
    }

    /** Begins a call that ends before it returns, if the gate admits it; {@link #exit} ends it. */
    final boolean tryEnter() {
        return CallChain.enter(this);
    }

    @Override
    public final void exit() {
        CallChain.exit(this);
    }

    @Override
    public final void enterAsync() {
        if (!tryEnterAsync()) {
            throw detached();
        }
    }

    /** Begins a call that may end later, if the gate admits it. */
    final boolean tryEnterAsync() {
        return CallChain.enterAsync(this);
    }

    @Override
    public final LateExit exitLater() {
        return new LateExit(this, CallChain.leave(this));
    }

    /** For a call that the gate has refused. */
    final DetachedException detached() {
        Instant detachedAt = other instanceof Ending ending ? ending.since : null;
        String when = detachedAt == null ? "" : " since " + detachedAt + " ("
                + Duration.between(detachedAt, own.clock().instant()).toMillis() + " ms)";
        return new DetachedException("Detached" + when + ": " + this + "; nothing was called", detachedAt);
    }

    @Override
    public final String toString() {
        Role role = own.role().other();
        return "the " + role + "'s dispatch table in the binding of " + own + " to " + role + " " + otherAtAnyTime();
    }
}
