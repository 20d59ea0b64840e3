package io.nmr.api;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Which gates the current thread is inside of, innermost last: what lets a wait find out that it waits for its own
 * thread (C6), and what admits a call that an admitted call makes while its binding detaches (T6).
 *
 * <p>It is for those who write guards; user code gets tracked dispatches from {@code io.nmr.typed}. A tracked call is
 *
 * <pre>{@code
 * Object begun = CallChain.begin(gate);
 * if (begun == null) {
 *     throw …; // detached
 * }
 * try {
 *     return target.lookup(address);
 * } finally {
 *     CallChain.end(gate, begun);
 * }
 * }</pre>
 *
 * <p>{@link #enter} and {@link #exit} are the same where there is no place for what {@code begin} answers.
 *
 * <p>A call inside a call through the same gate, on the same thread, is not counted again: the outer one is in progress
 * for longer. One that goes on after it has returned (T4) begins with {@link #enterAsync} and is counted always;
 * {@link #leave} ends its part on this thread, and the token that it answers ends the count, wherever that is known.
 *
 * <p><b>States.</b> For each thread a stack of frames, the number of a gate and a token each. A token of 0 or greater is
 * counted by its frame; below 0 it is the complement of a token that an outer frame counts.
 *
 * <p><b>Threading.</b> Each thread changes its own chain only; {@link #threadsInside} alone looks at those of others. No
 * method blocks, and entering and leaving allocate nothing once the thread's arrays are there. Virtual threads have
 * chains of their own. What a thread keeps is two arrays, which end with the thread. There are numbers in them and no
 * gates, so a pooled thread keeps no gate and no class loader; and the garbage collector is not told of each call, which
 * takes G1 half as long as all the rest of it where chain and gate have grown old.
 *
 * <p><b>Errors.</b> Ending a frame that is not the innermost is an {@link IllegalStateException}: the caller lost one.
 */
public final class CallChain {

    private static final int FRAME = 2;
    private static final int INITIAL = 1 + 7 * FRAME;
    private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(Object[].class);

    /**
     * The frames of the thread, a {@code long[]}, and the thread, for {@link LiveChains}. Element 0 of the frames is where
     * the innermost one ends; that is its token, with its gate's number before it. What is beyond it is 0.
     */
    private static final ThreadLocal<Object[]> CHAIN = new ThreadLocal<>();

    private CallChain() {}

    /**
     * Begins a call that ends before the caller's method returns, on this thread.
     *
     * @param gate the gate of the calls
     * @return what to give to {@link #end}, or null if the gate refuses the call (T1): closing has begun, and this thread
     *     is not inside a call through it; nothing changes
     */
    public static Object begin(CallGate gate) {
        long[] frames = roomy();
        int outer = find(frames, gate);
        long token = outer == 0 ? gate.enter() : uncounted(frames[outer]);
        if (outer == 0 && token == CallGate.REFUSED) {
            return null;
        }
        add(frames, gate, token);
        return frames;
    }

    /**
     * Ends the innermost call of this thread.
     *
     * @param gate its gate
     * @param begun what {@link #begin} answered to a call of this thread, which saves a look for it, or null. That it is
     *     not another thread's is for the caller to see to
     * @throws IllegalStateException if the innermost call is not one through {@code gate}; nothing changes
     */
    public static void end(CallGate gate, Object begun) {
        long token = begun instanceof long[] frames && isInnermost(frames, gate) ? removed(frames) : remove(gate);
        if (token >= 0) {
            gate.exit((int) token);
        }
    }

    /**
     * As {@link #begin}.
     *
     * @param gate the gate of the calls
     * @return false, and nothing changes, if the gate refuses it (T1): closing has begun, and this thread is not inside
     *     a call through it
     */
    public static boolean enter(CallGate gate) {
        return begin(gate) != null;
    }

    /**
     * Begins a call that may go on after the caller's method has returned. It is counted even inside a call through the
     * same gate, which it may outlast.
     *
     * @param gate the gate of the calls
     * @return as {@link #enter}
     */
    public static boolean enterAsync(CallGate gate) {
        long[] frames = roomy();
        int outer = find(frames, gate);
        int token = outer == 0 ? gate.enter() : gate.enterWithin(counted(frames[outer]));
        boolean admitted = token != CallGate.REFUSED;
        if (admitted) {
            add(frames, gate, token);
        }
        return admitted;
    }

    /**
     * Records a call that is counted already: {@link #exit} ends it and its count, {@link #leave} its record alone.
     *
     * @param gate the gate of the call
     * @param token what the gate answered to its entry
     */
    public static void push(CallGate gate, int token) {
        if (token < 0) {
            throw new IllegalArgumentException("token " + token + ": one that enter() answered expected");
        }
        add(roomy(), gate, token);
    }

    /**
     * Ends the innermost call of this thread.
     *
     * @param gate its gate
     * @throws IllegalStateException if the innermost call is not one through {@code gate}; nothing changes
     */
    public static void exit(CallGate gate) {
        end(gate, null);
    }

    /**
     * Ends the record of the innermost call of this thread, which stays counted.
     *
     * @param gate its gate
     * @return the token for {@link CallGate#exit}, on any thread
     * @throws IllegalStateException if the innermost call is not one that is counted, through {@code gate}; nothing
     *     changes
     */
    public static int leave(CallGate gate) {
        long[] frames = roomy();
        int top = (int) frames[0];
        if (top == 0 || frames[top] < 0) {
            throw new IllegalStateException("leave without a call that is counted: " + gate);
        }
        return (int) remove(gate);
    }

    /**
     * Whether this thread is inside a call of a gate.
     *
     * @param gate the gate
     * @return true while a call through it is in progress on this thread, counted by its own frame or by an outer one
     */
    public static boolean isInside(CallGate gate) {
        Object[] chain = CHAIN.get();
        return chain != null && find(frames(chain), gate) != 0;
    }

    /**
     * The gates that this thread is inside of, innermost first, each once: what a waiter publishes, so that others can
     * see a circle of waits. It holds none of them.
     *
     * @return an immutable list of their {@link CallGate#number}s, empty outside all calls
     */
    public static List<Long> snapshot() {
        Object[] chain = CHAIN.get();
        if (chain == null) {
            return List.of();
        }
        long[] frames = frames(chain);
        List<Long> gates = new ArrayList<>();
        for (int i = (int) frames[0]; i > 0; i -= FRAME) {
            gates.add(frames[i - 1]);
        }
        return gates.stream().distinct().toList();
    }

    /**
     * The threads that are inside a call through {@code gate}, for reports: which ones to ask for their stacks. Any
     * thread may ask. What it learns is weakly consistent: the chains of other threads are read while these go on, with
     * no order between them. A thread that was inside throughout, and had entered before this one came to know of it,
     * is among them if it is known at all: of more than some thousand threads at a time some are not, nor are calls that
     * were never on a chain, or have gone on asynchronously (T4).
     *
     * @param gate the gate of the calls
     * @return an immutable list of live threads, each once; drop it soon, for it holds them
     */
    public static List<Thread> threadsInside(CallGate gate) {
        return LiveChains.inside(Objects.requireNonNull(gate, "gate"));
    }

    /** Where the innermost frame of {@code gate} ends, or 0. */
    private static int find(long[] frames, CallGate gate) {
        int i = (int) frames[0];
        while (i > 0 && frames[i - 1] != gate.number()) {
            i -= FRAME;
        }
        return i;
    }

    private static boolean isInnermost(long[] frames, CallGate gate) {
        int top = (int) frames[0];
        return top > 0 && frames[top - 1] == gate.number();
    }

    private static void add(long[] frames, CallGate gate, long token) {
        int top = (int) frames[0] + FRAME;
        frames[top - 1] = gate.number();
        frames[top] = token;
        frames[0] = top;
    }

    private static long remove(CallGate gate) {
        long[] frames = roomy();
        if (!isInnermost(frames, gate)) {
            throw new IllegalStateException(
                    "the innermost call is not through gate " + gate.number() + ", " + gate + ", but " + snapshot());
        }
        return removed(frames);
    }

    private static long removed(long[] frames) {
        int top = (int) frames[0];
        frames[top - 1] = 0;
        frames[0] = top - FRAME;
        return frames[top];
    }

    private static int counted(long token) {
        return (int) (token < 0 ? ~token : token);
    }

    private static long uncounted(long token) {
        return token < 0 ? token : ~token;
    }

    private static long[] frames(Object[] chain) {
        return (long[]) chain[0];
    }

    /** The frames, with room for one more: made before anything is counted, because it can fail. */
    private static long[] roomy() {
        Object[] chain = CHAIN.get();
        if (chain == null) {
            return made();
        }
        long[] frames = frames(chain);
        return frames[0] == frames.length - 1 ? grown(chain, frames) : frames;
    }

    private static long[] made() {
        long[] frames = new long[INITIAL];
        Object[] chain = {frames, Thread.currentThread()};
        LiveChains.add(chain);
        CHAIN.set(chain);
        return frames;
    }

    /** A call that has begun with the former ones looks for the new when it finds those at their beginning. */
    private static long[] grown(Object[] chain, long[] former) {
        long[] frames = Arrays.copyOf(former, 2 * former.length - 1);
        ELEMENT.setRelease(chain, 0, frames);
        former[0] = 0;
        return frames;
    }

    /** For the threads that ask: whether the chain of another has a frame of the gate, whatever its depth now. */
    static boolean holds(Object[] chain, CallGate gate) {
        long[] frames = (long[]) ELEMENT.getAcquire(chain, 0);
        for (int i = 1; i < frames.length; i += FRAME) {
            if (frames[i] == gate.number()) {
                return true;
            }
        }
        return false;
    }

    static Thread owner(Object[] chain) {
        return (Thread) chain[1];
    }
}
