package io.nmr.api;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the calls in progress of one side of a binding, and refuses new ones once the binding detaches (T1 to T3).
 *
 * <p>A gate has two faces. This one enters and exits; whoever calls into the other side holds it:
 *
 * <pre>{@code
 * int token = gate.enter();
 * if (token == CallGate.REFUSED) {
 *     // detached: go elsewhere
 * }
 * try {
 *     provider.lookup(address);
 * } finally {
 *     gate.exit(token);
 * }
 * }</pre>
 *
 * <p>The other, {@link Closer}, closes; the module that owns the gate keeps it to itself, and its detach callback is
 * {@code return closer.close(handle::detachComplete);}.
 *
 * <p><b>States.</b> One word: bit 0 is CLOSED, bit 1 is DRAINED, bit 2 is INFLATED, from bit 3 up it is the number of
 * calls counted in it.
 *
 * <pre>
 *   word                      enter               exit                        close              inflate
 *   n calls                   n + 1               n - 1, if n &gt; 0             CLOSED             INFLATED
 *   n calls, INFLATED         counted in a cell   n - 1, if n &gt; 0             CLOSED             no change
 *   n &gt; 0 calls, CLOSED (*)   REFUSED             n - 1; claim if that is 0   no change          no change
 *   0 calls, CLOSED (*)       REFUSED             misuse                      claim              no change
 *   DRAINED (*)               REFUSED             misuse                      no change          no change
 *   (*) INFLATED or not. Close claims at once if n = 0; to claim is to set DRAINED, if the word has not changed
 * </pre>
 *
 * <p>An enter guesses that the word is 0 and sets it to one call, without a look at it: to read what this processor
 * has just locked takes longer than to guess wrong now and then. If the guess was wrong it looks, and tries again. The
 * first such second try that fails inflates the gate, once: from then on calls are counted in {@link Cells}, and the
 * word, one more cell, only falls. It does not where a close has begun: then the word is about to be CLOSED. A call exits
 * where it entered; its token says where, 0 for the word. One that is entered from within another is counted where that
 * is, CLOSED or not: while that one is in progress, nothing there is claimed.
 *
 * <p>The word decides for all of it. If it is CLOSED before it is INFLATED, all calls are in it, and whoever claims it
 * drains the gate. Otherwise the cells are closed after it, and whoever claims the last of all drains the gate. So for
 * those who enter, closing is one instant, that in which the word gets CLOSED: who begins after it is refused, who
 * began before it is counted or refused.
 *
 * <p><b>Threading.</b> Any thread may call any method; no method blocks. A call may exit on another thread than it
 * entered on. Nothing is kept per thread. Each racing pair, and why it is right:
 *
 * <ul>
 *   <li>enter and close, in the word or in a cell: read-modify-writes of the same 64 bits. If enter is first, close
 *       finds its call there; if close is first, enter finds CLOSED there.
 *   <li>enter and inflation: an enter changes the word only from neither CLOSED nor INFLATED.
 *   <li>inflation and close: one of them is the first to put something into {@code rest}. If that is close, there is no
 *       inflation. If it is inflation, both are read-modify-writes of the word: if CLOSED is first there is no inflation
 *       either, else close finds INFLATED, and the cells, which were written before it.
 *   <li>exit and close: whichever is later in a cell leaves it at exactly CLOSED, and claims.
 *   <li>two last exits, of two cells: each claims its own, and one of them takes the last of those pending.
 *   <li>last exit and refused enter: both may leave a cell at exactly CLOSED, one claims it.
 *   <li>two closes: each pushes its completion, then sets CLOSED everywhere, then answers. Whoever drains takes both
 *       completions; a push after that finds the gate drained.
 * </ul>
 *
 * <p>An exit that has no call takes the count below 0, sees that, puts it right and throws; if it was closed meanwhile,
 * it now claims. The word lets nobody enter while it is below 0. A cell does, and such an entry is not seen until the
 * count is right again; but neither is one that such an exit comes after, in any design that counts.
 *
 * <p><b>Memory consistency effects.</b> Everything before an {@code exit} happens-before the completions given to
 * {@code close}, and before the return of a {@code close} that answers success: exit, claim, the countdown of what is
 * pending and the taking of the completions are volatile read-modify-writes, each of something that the next reads.
 */
public sealed class CallGate {

    /** What {@link #enter} answers once closing has begun. */
    public static final int REFUSED = -1;

    private static final int IN_WORD = 0;
    private static final long CLOSED = Cells.CLOSED;
    private static final long DRAINED = Cells.DRAINED;
    private static final long INFLATED = 4;
    private static final long CALL = Cells.CALL;
    private static final AtomicLong OPENED = new AtomicLong();
    private static final VarHandle WORD;
    private static final VarHandle REST;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            WORD = lookup.findVarHandle(CallGate.class, "word", long.class);
            REST = lookup.findVarHandle(CallGate.class, "rest", Object.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** What {@link CallChain} knows it by. */
    private final long number = OPENED.incrementAndGet();

    private volatile long word;

    /**
     * Null as long as the word is all there is; that tells an enter to try it. Then either the {@link Cells}, which know
     * the completions too, or the {@link Completion}s alone: those of the closes that may have to wait, newest first, and
     * TAKEN once the gate is drained. One field for both, since there are as many gates as sides of bindings (G7).
     */
    private volatile Object rest;

    private CallGate() {}

    /**
     * A new, open gate.
     *
     * @return its closing face, which leads to the other
     */
    public static Closer open() {
        return new Face();
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
     * @param held what {@link #enter} or this method answered to a call that is in progress, and stays so until this
     *     method has returned: that is for the caller to see to, since another call's entry is not told apart
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
     * Ends a call, on any thread. The last exit of a closed gate runs the completions given to
     * {@link Closer#close}; what they throw is reported and does not reach the caller.
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

    /** Closed, without a call, not drained: to be claimed. */
    private static boolean isEmpty(long left) {
        return (left & ~INFLATED) == CLOSED;
    }

    private boolean claim(int token, long empty) {
        return token == IN_WORD ? WORD.compareAndSet(this, empty, empty | DRAINED) : cells().claim(token);
    }

    /** To be called once after each claim. */
    private boolean isLast() {
        return (word & INFLATED) == 0 || cells().took(1);
    }

    private Cells cellsWith(int token) {
        if (rest instanceof Cells striped && token > 0 && token <= Cells.COUNT) {
            return striped;
        }
        throw new IllegalArgumentException("token " + token + ": one that enter() answered expected");
    }

    private NmrStatus closeFor(Runnable drained) {
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
        Completion head;
        Completion mine;
        do {
            head = completions();
            if (head == Completion.TAKEN) {
                return null;
            }
            mine = new Completion(drained, head);
        } while (!replaceCompletions(head, mine));
        return mine;
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

    /** Only the one operation that drained the gate gets here. */
    private void complete(Completion answered) {
        Completion taken;
        do {
            taken = completions();
        } while (!replaceCompletions(taken, Completion.TAKEN));
        Completion.run(taken, answered);
    }

    /**
     * The closing face of a gate: for the module that owns it, and for the registrar it is announced to.
     *
     * <p><b>Threading.</b> As {@link CallGate}.
     */
    public sealed interface Closer {

        /** {@return the face that enters and exits} */
        CallGate gate();

        /**
         * Closes the gate: no call enters any more (T1), and the last one in progress leads to {@code drained} (T2).
         * Closing again is legal, and the answer holds for each caller's own {@code drained}.
         *
         * @param drained run exactly once if, and only if, the answer is PENDING, by the last exit and on its thread,
         *     possibly before this method has returned; it must not block. Where the last exit races with a close or
         *     with an enter that is refused, it may be that one which runs it
         * @return {@link NmrStatus#SUCCESS} if no call is in progress, else {@link NmrStatus#PENDING}: what a detach
         *     callback answers
         * @throws NullPointerException if {@code drained} is null
         */
        NmrStatus close(Runnable drained);
    }

    /** A closing face apart from its gate: who has the gate cannot close it. */
    private static final class Face implements Closer {

        private final CallGate gate = new CallGate();

        @Override
        public CallGate gate() {
            return gate;
        }

        @Override
        public NmrStatus close(Runnable drained) {
            return gate.closeFor(drained);
        }

        @Override
        public String toString() {
            return gate.toString();
        }
    }

    /**
     * Both faces in one object, for a module that keeps an object of its own for each binding and lets it be its gate: it
     * needs no other two (G7). Whoever has this one's gate can close it, by a cast; so it is for a module that hands out
     * neither. To others it gives {@link CallGate#open}'s.
     *
     * <p><b>Threading.</b> As {@link CallGate}.
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
