package io.nmr.api;

import static io.nmr.api.Cells.CALL;
import static io.nmr.api.Cells.CLOSED;
import static io.nmr.api.Cells.DRAINED;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the calls in progress of one side of a binding, and refuses new ones once the binding detaches (T1 to T3).
 *
 * <p>A gate has two faces. This one enters and exits; the code that calls into the other side holds it:
 *
 * <pre>{@code
 * int token = gate.enter(); // REFUSED: detached, go elsewhere
 * try {
 *     provider.lookup(address);
 * } finally {
 *     gate.exit(token);
 * }
 * }</pre>
 *
 * <p>The other, {@link Closer}, closes. The module that owns the gate keeps it to itself, and its detach callback is
 * {@code return closer.close(handle::detachComplete);}.
 *
 * <p><b>States.</b> Open; closed with calls in progress; drained. A call that begins after the close is refused.
 *
 * <p><b>Threading.</b> Any thread may call any method; no method blocks. A call may exit on another thread. Everything before
 * an {@code exit} happens-before the completions given to {@code close}, and the return of a {@code close} that answers
 * success.
 */
// How it works, and why, is a comment of Cells.
public sealed class CallGate {

    /** What {@link #enter} answers once closing has begun. */
    public static final int REFUSED = -1;

    private static final int IN_WORD = 0;
    private static final long INFLATED = 4;
    private static final AtomicLong OPENED = new AtomicLong();
    private static final VarHandle WORD;
    private static final VarHandle REST;

    static {
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        WORD = Cells.field(lookup, CallGate.class, "word", long.class);
        REST = Cells.field(lookup, CallGate.class, "rest", Object.class);
    }

    /** What {@link CallChain} knows it by. */
    private final long number = OPENED.incrementAndGet();

    private volatile long word;

    /**
     * Null as long as the word is all there is. Then either the {@link Cells}, which know the completions too, or the
     * {@link Completion}s alone, newest first, and TAKEN once the gate is drained. One field for both saves memory (G7).
     */
    private volatile Object rest;

    CallGate() {}

    /**
     * A new, open gate.
     *
     * @return its closing face, which leads to the other
     */
    public static Closer open() {
        return new ApartCloser(new CallGate());
    }

    /**
     * Begins a call.
     *
     * @return a token for {@link #exit}, 0 or greater, or {@link #REFUSED} once closing has begun (T1)
     */
    public final int enter() {
        return rest == null && WORD.compareAndSet(this, 0L, CALL) ? IN_WORD : enterAsItIs();
    }

    /**
     * Begins a call that belongs to one in progress: it is admitted although closing has begun, for it could otherwise
     * fail a call that was admitted (T6). It is counted on its own, where the other is, and may outlive it.
     *
     * @param held the token of a call that is in progress, and stays so until this method has returned; the caller sees
     *     to that, since another call's entry is not told apart
     * @return a token for {@link #exit}, 0 or greater
     * @throws IllegalArgumentException if {@code held} is none that {@code enter} answers
     * @throws IllegalStateException if no call with this token is in progress; nothing changes
     */
    public final int enterWithin(int held) {
        if (Cells.calls(add(held, CALL)) < 2) {
            settle(held, add(held, -CALL));
            throw new IllegalStateException("enterWithin without a call in progress: " + this);
        }
        return held;
    }

    /**
     * Ends a call, on any thread. The last exit of a closed gate runs the completions given to {@link Closer#close}; what
     * they throw is reported and does not reach the caller.
     *
     * @param token what {@link #enter} answered to this call
     * @throws IllegalArgumentException if {@code token} is none that {@code enter} answers
     * @throws IllegalStateException if no call with this token is in progress; nothing changes. A second exit beside
     *     another call with the same token cannot be told from that call's own
     */
    public final void exit(int token) {
        long left = add(token, -CALL);
        if (left < 0) {
            settle(token, add(token, CALL));
            throw new IllegalStateException("exit without a call in progress: " + this);
        }
        settle(token, left);
    }

    /** {@return its number, 1 or greater: no other gate of this class has it, or ever will} */
    public final long number() {
        return number;
    }

    /** {@return how many calls are in progress; may be stale by the time it is read} */
    public final long inProgress() {
        long seen = word;
        return Cells.calls(seen) + ((seen & INFLATED) != 0 ? cells().inProgress() : 0);
    }

    /** {@return whether closing has begun: once true it stays true, and no enter that begins then succeeds} */
    public final boolean isClosed() {
        return (word & CLOSED) != 0;
    }

    @Override
    public String toString() {
        return "CallGate[" + (isClosed() ? "closed, " : "open, ") + inProgress() + " in progress]";
    }

    private int enterAsItIs() {
        long seen = word;
        while ((seen & (CLOSED | INFLATED)) == 0) {
            if (seen >= 0 && WORD.compareAndSet(this, seen, seen + CALL)) {
                return IN_WORD;
            }
            inflate();
            seen = word;
        }
        return (seen & CLOSED) != 0 ? REFUSED : enterCell(Cells.ofThisThread());
    }

    /** Enters an inflated gate, whose word was open. */
    final int enterCell(int cell) {
        Cells cells = cells();
        if ((cells.add(cell, CALL) & CLOSED) == 0) {
            return cell;
        }
        settle(cell, cells.add(cell, -CALL));
        return REFUSED;
    }

    /** From now on calls are counted in cells, unless the gate is closed or about to be. */
    final void inflate() {
        if (rest == null) {
            REST.compareAndSet(this, null, new Cells());
        }
        if (rest instanceof Cells) {
            long seen;
            do {
                seen = word;
            } while ((seen & (CLOSED | INFLATED)) == 0 && !WORD.compareAndSet(this, seen, seen | INFLATED));
        }
    }

    /** Of a gate whose word is INFLATED. */
    private Cells cells() {
        return (Cells) rest;
    }

    /** What is in the word or in the token's cell after this. */
    private long add(int token, long change) {
        return token == IN_WORD ? (long) WORD.getAndAdd(this, change) + change : cellsWith(token).add(token, change);
    }

    /** To be called with what an exit, or an undone enter, left in the word or in the token's cell. */
    private void settle(int token, long left) {
        if (isEmpty(left) && claim(token, left) && isLast()) {
            complete(null);
        }
    }

    private static boolean isEmpty(long left) {
        return (left & ~INFLATED) == CLOSED;
    }

    private boolean claim(int token, long empty) {
        return token == IN_WORD ? WORD.compareAndSet(this, empty, empty | DRAINED) : cells().claim(token);
    }

    private boolean isLast() {
        return (word & INFLATED) == 0 || cells().took(1);
    }

    private Cells cellsWith(int token) {
        if (rest instanceof Cells striped && token > 0 && token <= Cells.COUNT) {
            return striped;
        }
        throw new IllegalArgumentException("token " + token + ": one that enter() answered expected");
    }

    NmrStatus closeFor(Runnable drained) {
        Completion mine = push(Objects.requireNonNull(drained, "drained"));
        if (mine == null) {
            return NmrStatus.SUCCESS;
        }
        if (shut()) {
            complete(mine);
            return NmrStatus.SUCCESS;
        }
        return NmrStatus.PENDING;
    }

    /** Null if the gate was drained before, and {@code drained} will not be run. */
    private Completion push(Runnable drained) {
        for (Completion head = completions(); head != Completion.TAKEN; head = completions()) {
            Completion mine = new Completion(drained, head);
            if (replaceCompletions(head, mine)) {
                return mine;
            }
        }
        return null;
    }

    private Completion completions() {
        Object seen = rest;
        return seen instanceof Cells striped ? striped.completions() : (Completion) seen;
    }

    /** Where the cells have come meanwhile, they have none yet. */
    private boolean replaceCompletions(Completion expected, Completion next) {
        return rest instanceof Cells striped
                ? striped.replaceCompletions(expected, next)
                : REST.compareAndSet(this, expected, next);
    }

    /** Whether the gate is drained by this. */
    private boolean shut() {
        long left = (long) WORD.getAndBitwiseOr(this, CLOSED) | CLOSED;
        boolean claimed = isEmpty(left) && claim(IN_WORD, left);
        return (left & INFLATED) == 0 ? claimed : cells().close(claimed ? 1 : 0);
    }

    private void complete(Completion answered) {
        Completion taken;
        do {
            taken = completions();
        } while (!replaceCompletions(taken, Completion.TAKEN));
        Completion.run(taken, answered);
    }

    /** The closing face of a gate: for the module that owns it, and for the registrar; threading as {@link CallGate}. */
    public sealed interface Closer permits ApartCloser, Owned {

        /** {@return the face that enters and exits} */
        CallGate gate();

        /**
         * Closes the gate: no call enters any more (T1), and the last one in progress leads to {@code drained} (T2).
         * Closing again is legal; the answer holds for each caller's own {@code drained}.
         *
         * @param drained run exactly once if, and only if, the answer is PENDING: by the last exit, or by a close or a
         *     refused enter that races with it; possibly before this method has returned. It must not block
         * @return {@link NmrStatus#SUCCESS} if no call is in progress, else {@link NmrStatus#PENDING}: what a detach
         *     callback answers
         * @throws NullPointerException if {@code drained} is null
         */
        NmrStatus close(Runnable drained);
    }

    /**
     * Both faces in one object, for a module that keeps an object of its own for each binding and lets it be its gate. Code
     * that has this one's gate can close it, by a cast; so it is for a module that hands out neither.
     */
    public abstract static non-sealed class Owned extends CallGate implements Closer {

        /** Open. */
        protected Owned() {}

        @Override
        public final CallGate gate() {
            return this;
        }

        @Override
        public final NmrStatus close(Runnable drained) {
            return super.closeFor(drained);
        }
    }
}
