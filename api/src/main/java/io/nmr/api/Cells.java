package io.nmr.api;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The counts of a {@link CallGate} that several threads use at the same time: each far enough from the next that two
 * processors which count do not wait for each other.
 *
 * <p><b>States</b> of a cell. Bit 0 is CLOSED, bit 1 is DRAINED, from bit 3 up it is the number of calls counted in it.
 *
 * <pre>
 *   cell                       enter                      exit                      close
 *   n calls                    n + 1                      n - 1, if n &gt; 0           n calls, CLOSED; claim if n = 0
 *   n &gt; 0 calls, CLOSED        n + 1, undo, refused       n - 1; claim if that is 0   no change
 *   0 calls, CLOSED            n + 1, undo, refused       misuse                    claim
 *   0 calls, CLOSED, DRAINED   n + 1, undo, refused       misuse                    no change
 * </pre>
 *
 * <p>An enter adds first and then looks for CLOSED in what it added to, so that threads which share a cell never have
 * to repeat it. So a closed cell can rise for a moment, and a thread that takes such an entry back may leave it at exactly
 * CLOSED after an exit did so before. Leaving it there is therefore not enough: it must be <em>claimed</em>, by the
 * step from CLOSED to CLOSED and DRAINED, which each cell makes once. A thread that leaves a cell at exactly CLOSED tries.
 *
 * <p>{@code pending} is the number of cells that are not claimed, the gate's word being one of them. It gets to 0 once,
 * when each of them is closed and empty.
 *
 * <p><b>Threading.</b> Any thread may call any method; no method blocks.
 *
 * <p><b>Memory consistency effects.</b> All changes are volatile read-modify-writes. So every exit happens-before the
 * claim of its cell, and every claim before that of the last.
 */
/*
 * One word: bit 0 is CLOSED, bit 1 DRAINED, bit 2 INFLATED; from bit 3 up it is the number of calls counted in it.
 *
 *   word                      enter               exit                        close              inflate
 *   n calls                   n + 1               n - 1, if n > 0             CLOSED             INFLATED
 *   n calls, INFLATED         counted in a cell   n - 1, if n > 0             CLOSED             no change
 *   n > 0 calls, CLOSED (*)   REFUSED             n - 1; claim if that is 0   no change          no change
 *   0 calls, CLOSED (*)       REFUSED             misuse                      claim              no change
 *   DRAINED (*)               REFUSED             misuse                      no change          no change
 *   (*) INFLATED or not. Close claims at once if n = 0; to claim is to set DRAINED, if the word has not changed
 *
 * An enter guesses that the word is 0: to read what this processor has just locked takes longer than a wrong guess now and
 * then. The first second try that fails inflates the gate, once: from then on calls are counted in Cells, and the word only
 * falls.
 *
 * The gate's word decides. If it is CLOSED before it is INFLATED, all calls are in it, and the thread that claims it drains
 * the gate. Otherwise the cells are closed after it, and the thread that claims the last of all drains the gate. So for a
 * thread that enters, closing is one instant: that in which the word gets CLOSED. Each racing pair, and why it is right:
 *
 *   enter and close: read-modify-writes of the same 64 bits. If enter is first, close finds its call there; if close is
 *     first, enter finds CLOSED there.
 *   enter and inflation: an enter changes the word only from neither CLOSED nor INFLATED.
 *   inflation and close: one of them is the first to put something into the gate's rest. If that is close, there is no
 *     inflation. If it is inflation, both change the word: if CLOSED is first there is no inflation either, else close
 *     finds INFLATED, and the cells, which were written before it.
 *   exit and close: the later of the two in a cell leaves it at exactly CLOSED, and claims.
 *   two last exits, of two cells: each claims its own, and one of them takes the last of those pending.
 *   last exit and refused enter: both may leave a cell at exactly CLOSED, one claims it.
 *   two closes: each pushes its completion, then sets CLOSED everywhere, then answers. The thread that drains takes both
 *     completions; a push after that finds the gate drained.
 *
 * An exit that has no call takes the count below 0, sees that, puts it right and throws; if it was closed meanwhile, it now
 * claims. The word lets no call enter while it is below 0. A cell does, and such an entry is not seen until the count is
 * right again; but neither is one that such an exit comes after, in any design that counts.
 */
final class Cells {

    static final long CLOSED = 1;
    static final long DRAINED = 2;
    static final long CALL = 8;

    private static final int MOST = 128;

    /** Twice the processors, for threads whose hashes meet. The cells are numbered from 1. */
    static final int COUNT = powerOfTwo(2 * Runtime.getRuntime().availableProcessors());

    /** In longs: two cache lines, since processors fetch them in pairs. */
    private static final int STRIDE = 16;

    private static final long GOLDEN_RATIO = 0x9E37_79B9_7F4A_7C15L;
    private static final int HASH_SHIFT = Long.numberOfLeadingZeros(COUNT) + 1;
    private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class);
    private static final VarHandle PENDING;
    private static final VarHandle COMPLETIONS;

    static {
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        PENDING = field(lookup, Cells.class, "pending", int.class);
        COMPLETIONS = field(lookup, Cells.class, "completions", Completion.class);
    }

    static VarHandle field(MethodHandles.Lookup lookup, Class<?> of, String name, Class<?> type) {
        try {
            return lookup.findVarHandle(of, name, type);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Cell n is at n * STRIDE: the first stride keeps cell 1 away from the length of the array, which all read. */
    private final long[] cells = new long[(COUNT + 1) * STRIDE];

    private volatile int pending = COUNT + 1;

    /** Those of an inflated gate, kept here for it. */
    private volatile Completion completions;

    /**
     * The cell that the current thread counts in: by its id, since nothing may be kept per thread; multiplied, so that
     * threads made one after the other, as those of a pool are, get cells of their own.
     */
    static int ofThisThread() {
        return 1 + (int) (Thread.currentThread().getId() * GOLDEN_RATIO >>> HASH_SHIFT);
    }

    /** Adds to a cell; the cell after that. */
    long add(int cell, long change) {
        return (long) CELL.getAndAdd(cells, cell * STRIDE, change) + change;
    }

    /** True once for each cell, if it is at exactly CLOSED. */
    boolean claim(int cell) {
        return CELL.compareAndSet(cells, cell * STRIDE, CLOSED, CLOSED | DRAINED);
    }

    /** Takes claimed cells off those pending; true if they were the last. */
    boolean took(int claimed) {
        return (int) PENDING.getAndAdd(this, -claimed) == claimed;
    }

    /**
     * Closes every cell and claims those that are empty; true if they were the last.
     *
     * @param claimed 1 if the caller has claimed the gate's word, else 0
     */
    boolean close(int claimed) {
        int sum = claimed;
        for (int cell = 1; cell <= COUNT; cell++) {
            sum += isEmptyOnceClosed(cell) && claim(cell) ? 1 : 0;
        }
        return sum > 0 && took(sum);
    }

    Completion completions() {
        return completions;
    }

    boolean replaceCompletions(Completion expected, Completion next) {
        return COMPLETIONS.compareAndSet(this, expected, next);
    }

    /** The calls counted. One that is in progress during all of this method is among them. */
    long inProgress() {
        long sum = 0;
        for (int cell = 1; cell <= COUNT; cell++) {
            sum += inProgress(cell);
        }
        return sum;
    }

    /** The calls in a cell or in the gate's word; what is added to a drained one is about to be taken back. */
    static long calls(long seen) {
        return (seen & DRAINED) != 0 ? 0 : Math.max(0, seen / CALL);
    }

    private long inProgress(int cell) {
        return calls((long) CELL.getVolatile(cells, cell * STRIDE));
    }

    private boolean isEmptyOnceClosed(int cell) {
        return ((long) CELL.getAndBitwiseOr(cells, cell * STRIDE, CLOSED) | CLOSED) == CLOSED;
    }

    private static int powerOfTwo(int atLeast) {
        return Math.min(MOST, 2 * Integer.highestOneBit(atLeast - 1));
    }
}
