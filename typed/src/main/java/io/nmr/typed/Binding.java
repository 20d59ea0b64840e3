package io.nmr.typed;

import io.nmr.api.BindingHandle;
import io.nmr.api.CallGate;
import io.nmr.api.NmrStatus;
import io.nmr.typed.guard.Tracked;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * One side of a binding: the context that a typed module gives to the registrar.
 *
 * <p><b>States.</b> begun → attached → detaching ({@code since} is set, then the gate is closed) → cleaned up (nothing of
 * the other side is left, R7).
 *
 * <p><b>Threading.</b> The registrar's callbacks do not overlap and happen-before each other (A12). Calls see what
 * {@link #attach} wrote because a binding is published after it; an admitted call is over before {@link #cleanUp}. Others
 * may find it cleaned up at any moment, and read each field once. {@code held} is guarded by this.
 *
 * @param <T> the other side's dispatch table
 */
final class Binding<T> extends Tracked {

    private final Profile own;
    private final CallGate.Closer closer;
    private BindingHandle handle;
    private volatile ModuleDescription other;
    private ModuleDescription gone;
    private Object target;
    private T dispatch;
    private AutoCloseable implementation;
    private volatile Instant since;
    private Set<Held<?>> held = Set.of();

    private Binding(Profile own, BindingHandle handle, ModuleDescription other, CallGate.Closer closer) {
        super(closer.gate());
        this.own = own;
        this.handle = handle;
        this.other = other;
        this.closer = closer;
    }

    /** Begins a binding, inside the attach callback. */
    static <T> Binding<T> begin(Profile own, BindingHandle handle, ModuleDescription other) {
        Binding<T> binding = new Binding<>(own, handle, other, CallGate.open());
        handle.announce(binding.closer);
        return binding;
    }

    /** The other side's dispatch table is known. */
    void attach(Object theirs, T tracked) {
        target = theirs;
        dispatch = tracked;
    }

    /** What this side made for this binding alone, and frees with it. */
    void setImplementation(Object made) {
        implementation = made instanceof AutoCloseable closeable ? closeable : null;
    }

    /** The tracked dispatch of the other side; null where it has none. */
    T dispatch() {
        return dispatch;
    }

    /** Null once it is cleaned up: a reader of an old list of bindings may find that. */
    ModuleDescription other() {
        return other;
    }

    boolean satisfies(Predicate<? super ModuleDescription> predicate) {
        ModuleDescription module = other;
        return module != null && predicate.test(module);
    }

    @Override
    public Object target() {
        return target;
    }

    /** Ends it for this side (D2 to D5). */
    NmrStatus detach() {
        since = own.clock().instant();
        NmrStatus status = closer.close(handle::detachComplete);
        heldNow().forEach(Held::detaching);
        return status;
    }

    /** Both sides are detached (C1). */
    void cleanUp() {
        AutoCloseable owned = implementation;
        implementation = null;
        handle = null;
        target = null;
        dispatch = null;
        gone = other.withoutCharacteristics();
        other = null;
        if (owned != null) {
            close(owned);
        }
    }

    /** What it throws is the registrar's to report (C1). */
    private void close(AutoCloseable owned) {
        try {
            owned.close();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("closing the implementation made for " + gone + " failed", e);
        }
    }

    /** Whether it has begun to detach, or does now: one of this and {@link #detach} tells {@code object}. */
    void hold(Held<?> object) {
        synchronized (this) {
            held = held.isEmpty() ? new HashSet<>() : held;
            held.add(object);
        }
        if (gate().isClosed()) {
            object.detaching();
        }
    }

    synchronized void release(Held<?> object) {
        if (!held.isEmpty()) {
            held.remove(object);
        }
    }

    private synchronized List<Held<?>> heldNow() {
        return List.copyOf(held);
    }

    void failed(String what, RuntimeException failure) {
        own.failed(what, failure);
    }

    /** Empty once it is cleaned up. */
    Stream<AttachedModule> snapshot() {
        return Stream.ofNullable(other).map(module -> new AttachedModule(module, gate().inProgress()));
    }

    @Override
    protected void enterClosed(CallGate gate) {
        Instant detachedAt = since;
        String when = detachedAt == null ? "" : " since " + detachedAt + " ("
                + Duration.between(detachedAt, own.clock().instant()).toMillis() + " ms)";
        throw new DetachedException("Detached" + when + ": " + this + "; nothing was called", detachedAt);
    }

    @Override
    public String toString() {
        Role role = own.role().other();
        ModuleDescription module = other;
        return "the " + role + "'s dispatch table in the binding of " + own + " to " + role + " "
                + (module == null ? gone : module);
    }
}
