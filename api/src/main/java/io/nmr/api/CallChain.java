package io.nmr.api;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Which gates the current thread is inside of, innermost last: what lets a wait find out that it waits for its own
 * thread (C6), and what admits a call that an admitted call makes while its binding detaches (T6).
 *
 * <p>It is for those who write guards; user code gets tracked dispatches from {@code io.nmr.typed}. A tracked call is
 *
 * <pre>{@code
 * if (!CallChain.enter(gate)) {
 *     throw …; // detached
 * }
 * try {
 *     return target.lookup(address);
 * } finally {
 *     CallChain.exit(gate);
 * }
 * }</pre>
 *
 * <p>A call inside a call through the same gate, on the same thread, is not counted again: the outer one is in progress
 * for longer. One that goes on after it has returned (T4) begins with {@link #enterAsync} and is counted always;
 * {@link #leave} ends its part on this thread, and the token that it answers ends the count, wherever that is known.
 *
 * <p><b>States.</b> For each thread a stack of frames, a gate and a token each. A token of 0 or greater is counted by
 * its frame; below 0 it is the complement of a token that an outer frame counts.
 *
 * <p><b>Threading.</b> Each thread changes its own chain only; {@link #threadsInside} alone looks at those of others. No
 * method blocks, and entering and leaving allocate nothing once the thread's arrays are there. Virtual threads have
 * chains of their own. What a thread keeps is two arrays of JDK types, which end with the thread; a frame is emptied
 * when it ends, so a pooled thread keeps no gate and no class loader.
 *
 * <p><b>Errors.</b> Ending a frame that is not the innermost is an {@link IllegalStateException}: the caller lost one.
 */
public final class CallChain {

    private static final int INITIAL = 16;

    /**
     * Element 0 is an {@code int[]}: its element 0 is the depth, n the token of frame n, and its last the slot in
     * {@link LiveChains}. Element n is the gate of frame n, the last one the thread.
     */
    private static final ThreadLocal<Object[]> CHAIN = new ThreadLocal<>();

    private CallChain() {}

    /**
     * Begins a call that ends before the caller's method returns.
     *
     * @param gate the gate of the calls
     * @return false, and nothing changes, if the gate refuses it (T1): closing has begun, and this thread is not inside
     *     a call through it
     */
    public static boolean enter(CallGate gate) {
        Object[] chain = roomy();
        int outer = find(chain, gate);
        int token = outer == 0 ? gate.enter() : uncounted(tokens(chain)[outer]);
        boolean admitted = outer != 0 || token != CallGate.REFUSED;
        if (admitted) {
            add(chain, gate, token);
        }
        return admitted;
    }

    /**
     * Begins a call that may go on after the caller's method has returned. It is counted even inside a call through the
     * same gate, which it may outlast.
     *
     * @param gate the gate of the calls
     * @return as {@link #enter}
     */
    public static boolean enterAsync(CallGate gate) {
        Object[] chain = roomy();
        int outer = find(chain, gate);
        int token = outer == 0 ? gate.enter() : gate.enterWithin(counted(tokens(chain)[outer]));
        boolean admitted = token != CallGate.REFUSED;
        if (admitted) {
            add(chain, gate, token);
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
        add(roomy(), Objects.requireNonNull(gate, "gate"), token);
    }

    /**
     * Ends the innermost call of this thread.
     *
     * @param gate its gate
     * @throws IllegalStateException if the innermost call is not one through {@code gate}; nothing changes
     */
    public static void exit(CallGate gate) {
        int token = remove(gate);
        if (token >= 0) {
            gate.exit(token);
        }
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
        Object[] chain = roomy();
        int depth = depth(chain);
        if (depth == 0 || tokens(chain)[depth] < 0) {
            throw new IllegalStateException("leave without a call that is counted: " + gate);
        }
        return remove(gate);
    }

    /** Whether this thread is inside a call through {@code gate}. */
    public static boolean isInside(CallGate gate) {
        Object[] chain = CHAIN.get();
        return chain != null && find(chain, gate) != 0;
    }

    /**
     * The gates that this thread is inside of, innermost first, each once: what a waiter publishes, so that others can
     * see a circle of waits. It holds the gates; drop it with the wait.
     *
     * @return an immutable list, empty outside all calls
     */
    public static List<CallGate> snapshot() {
        Object[] chain = CHAIN.get();
        if (chain == null) {
            return List.of();
        }
        Set<CallGate> gates = new LinkedHashSet<>();
        for (int i = depth(chain); i > 0; i--) {
            gates.add((CallGate) chain[i]);
        }
        return List.copyOf(gates);
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

    /** The innermost frame of {@code gate}, or 0. */
    private static int find(Object[] chain, CallGate gate) {
        int i = depth(chain);
        while (i > 0 && chain[i] != gate) {
            i--;
        }
        return i;
    }

    private static void add(Object[] chain, CallGate gate, int token) {
        int[] tokens = tokens(chain);
        int depth = ++tokens[0];
        tokens[depth] = token;
        chain[depth] = gate;
    }

    private static int remove(CallGate gate) {
        Object[] chain = roomy();
        int[] tokens = tokens(chain);
        int depth = tokens[0];
        if (depth == 0 || chain[depth] != gate) {
            throw new IllegalStateException("the innermost call is not through " + gate + ", but " + snapshot());
        }
        chain[depth] = null;
        tokens[0] = depth - 1;
        return tokens[depth];
    }

    private static int counted(int token) {
        return token < 0 ? ~token : token;
    }

    private static int uncounted(int token) {
        return token < 0 ? token : ~token;
    }

    private static int depth(Object[] chain) {
        return tokens(chain)[0];
    }

    private static int[] tokens(Object[] chain) {
        return (int[]) chain[0];
    }

    /** The chain, with room for a frame: made before anything is counted, because it can fail. */
    private static Object[] roomy() {
        Object[] chain = CHAIN.get();
        return chain == null || depth(chain) == chain.length - 2 ? grown(chain) : chain;
    }

    /** The new chain becomes known while the old one is still held: so its slot is still this thread's. */
    private static Object[] grown(Object[] chain) {
        int length = chain == null ? INITIAL : 2 * chain.length;
        int[] tokens = new int[length];
        Object[] grown = new Object[length];
        int slot = LiveChains.UNKNOWN;
        if (chain != null) {
            int frames = depth(chain);
            System.arraycopy(tokens(chain), 0, tokens, 0, frames + 1);
            System.arraycopy(chain, 1, grown, 1, frames);
            slot = tokens(chain)[chain.length - 1];
        }
        grown[0] = tokens;
        grown[length - 1] = Thread.currentThread();
        tokens[length - 1] = LiveChains.enter(grown, slot);
        CHAIN.set(grown);
        return grown;
    }
}
