package io.nmr.api;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;

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
 * <p><b>States.</b> One word: bit 0 is CLOSED, the bits above are the number of calls in progress.
 *
 * <pre>
 *   word                    enter      within             exit                  close
 *   n calls, open           n + 1      n + 1, if n &gt; 0    n - 1, if n &gt; 0       n calls, closed
 *   n &gt; 0 calls, closed     REFUSED    n + 1              n - 1; at 0 drained   pending
 *   0 calls, closed         REFUSED    misuse             misuse                drained
 * </pre>
 *
 * <p>A closed word grows only from within a call in progress, so it is 0 calls, closed for good from the moment it gets
 * there: the one operation that brought it there, the last exit or the close itself, runs the completions, once.
 *
 * <p><b>Threading.</b> Any thread may call any method; no method blocks. A call may exit on another thread than it
 * entered on. {@link #enter}, {@link #enterWithin} and {@link #exit} are one compare-and-set each, repeated when another
 * thread was faster.
 *
 * <p><b>Memory consistency effects.</b> Everything before an {@code exit} happens-before the completions given to
 * {@code close}, and before the return of a {@code close} that answers success: every exit and the close are
 * read-modify-writes of the one word.
 */
public final class CallGate {

    /** What {@link #enter} answers once closing has begun. */
    public static final int REFUSED = -1;

    private static final int TOKEN = 0;
    private static final long CLOSED = 1;
    private static final long CALL = 2;
    private static final VarHandle WORD;
    private static final VarHandle COMPLETIONS;
    private static final Completion DRAINED = new Completion(null, null);

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            WORD = lookup.findVarHandle(CallGate.class, "word", long.class);
            COMPLETIONS = lookup.findVarHandle(CallGate.class, "completions", Completion.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile long word;

    /** The completions of the closes that may have to wait, newest first; DRAINED once they have been taken. */
    private volatile Completion completions;

    private CallGate() {}

    /**
     * A new, open gate.
     *
     * @return its closing face, which leads to the other
     */
    public static Closer open() {
        return new Closer(new CallGate());
    }

    /**
     * Begins a call.
     *
     * @return a token for {@link #exit}, 0 or greater, or {@link #REFUSED} once closing has begun (T1)
     */
    public int enter() {
        long seen;
        do {
            seen = word;
            if ((seen & CLOSED) != 0) {
                return REFUSED;
            }
        } while (!WORD.compareAndSet(this, seen, seen + CALL));
        return TOKEN;
    }

    /**
     * Begins a call that belongs to one in progress: it is admitted although closing has begun, for it could otherwise
     * fail a call that was admitted (T6). It is counted on its own, and may outlive the other.
     *
     * @param held what {@link #enter} or this method answered to a call that is in progress, and stays so until this
     *     method has returned: that is for the caller to see to, since another call's entry is not told apart
     * @return a token for {@link #exit}, 0 or greater
     * @throws IllegalArgumentException if {@code held} is none that {@code enter} answers
     * @throws IllegalStateException if no call is in progress; nothing changes
     */
    public int enterWithin(int held) {
        requireToken(held);
        long seen;
        do {
            seen = word;
            if (seen < CALL) {
                throw new IllegalStateException("enterWithin without a call in progress: " + this);
            }
        } while (!WORD.compareAndSet(this, seen, seen + CALL));
        return TOKEN;
    }

    /**
     * Ends a call, on any thread. The last exit of a closed gate runs the completions given to
     * {@link Closer#close}; what they throw is reported and does not reach the caller.
     *
     * @param token what {@link #enter} answered to this call
     * @throws IllegalArgumentException if {@code token} is none that {@code enter} answers
     * @throws IllegalStateException if no call is in progress; nothing changes
     */
    public void exit(int token) {
        requireToken(token);
        long seen;
        do {
            seen = word;
            if (seen < CALL) {
                throw new IllegalStateException("exit without a call in progress: " + this);
            }
        } while (!WORD.compareAndSet(this, seen, seen - CALL));
        if (seen == CALL + CLOSED) {
            complete(null);
        }
    }

    /** How many calls are in progress; may be stale by the time it is read. */
    public long inProgress() {
        return word / CALL;
    }

    /** Whether closing has begun. Once true it stays true. */
    public boolean isClosed() {
        return (word & CLOSED) != 0;
    }

    @Override
    public String toString() {
        long seen = word;
        return "CallGate[" + ((seen & CLOSED) != 0 ? "closed, " : "open, ") + seen / CALL + " in progress]";
    }

    private static void requireToken(int token) {
        if (token != TOKEN) {
            throw new IllegalArgumentException("token " + token + ": one that enter() answered expected");
        }
    }

    private NmrStatus close(Runnable drained) {
        Completion mine = push(drained);
        if (mine == null) {
            return NmrStatus.SUCCESS;
        }
        long before = (long) WORD.getAndBitwiseOr(this, CLOSED);
        if (before == 0) {
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
            head = completions;
            if (head == DRAINED) {
                return null;
            }
            mine = new Completion(drained, head);
        } while (!COMPLETIONS.compareAndSet(this, head, mine));
        return mine;
    }

    /** Only the operation that brought the word to 0 calls, closed gets here. */
    private void complete(Completion answeredDirectly) {
        run((Completion) COMPLETIONS.getAndSet(this, DRAINED), answeredDirectly);
    }

    /** Oldest first: the owner's own completion before the registrar's in its stead. */
    private static void run(Completion newest, Completion answeredDirectly) {
        Completion oldest = null;
        for (Completion completion = newest; completion != null; completion = completion.next) {
            if (completion != answeredDirectly) {
                oldest = new Completion(completion.drained, oldest);
            }
        }
        for (Completion completion = oldest; completion != null; completion = completion.next) {
            completion.run();
        }
    }

    /**
     * The closing face of a gate: for the module that owns it, and for the registrar it is announced to.
     *
     * <p><b>Threading.</b> As {@link CallGate}.
     */
    public static final class Closer {

        private final CallGate gate;

        private Closer(CallGate gate) {
            this.gate = gate;
        }

        /** The face that enters and exits. */
        public CallGate gate() {
            return gate;
        }

        /**
         * Closes the gate: no call enters any more (T1), and the last one in progress leads to {@code drained} (T2).
         * Closing again is legal, and the answer holds for each caller's own {@code drained}.
         *
         * @param drained run exactly once if, and only if, the answer is PENDING, by the last exit and on its thread,
         *     possibly before this method has returned; it must not block
         * @return {@link NmrStatus#SUCCESS} if no call is in progress, else {@link NmrStatus#PENDING}: what a detach
         *     callback answers
         * @throws NullPointerException if {@code drained} is null
         */
        public NmrStatus close(Runnable drained) {
            return gate.close(Objects.requireNonNull(drained, "drained"));
        }

        @Override
        public String toString() {
            return gate.toString();
        }
    }

    private record Completion(Runnable drained, Completion next) {

        void run() {
            try {
                drained.run();
            } catch (Throwable t) {
                System.getLogger(CallGate.class.getName())
                        .log(System.Logger.Level.ERROR, "The completion of a closed call gate failed: " + drained, t);
            }
        }
    }
}
