package io.nmr.api;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The chains of live threads, for those who look from outside: bounded, and all of it weak.
 *
 * <p>A thread comes here when its chain is made, never in a call. It takes a free slot, or that of a
 * chain whose thread has ended, near the one that its id chooses; where there is none it stays unknown. So nothing is
 * kept of a million threads but the slots and what stands in them, a weak reference each: 210 kB at most.
 *
 * <p><b>Threading.</b> Any thread; lock-free. A slot is its thread's own until that ends. The frames of a chain are
 * written without fences by the thread whose it is, so what others read of them is weakly consistent.
 */
final class LiveChains {

    static final int SLOTS = 4096;

    private static final int PROBES = 16;
    private static final AtomicReferenceArray<WeakReference<Object[]>> CHAINS = new AtomicReferenceArray<>(SLOTS);

    private LiveChains() {}

    /** Makes the chain of the current thread known, if there is room. */
    static void add(Object[] chain) {
        WeakReference<Object[]> entry = new WeakReference<>(chain);
        long threadId = CallChain.owner(chain).getId();
        boolean added = false;
        for (int probe = 0; probe < PROBES && !added; probe++) {
            int slot = (int) (threadId + probe) & (SLOTS - 1);
            WeakReference<Object[]> found = CHAINS.get(slot);
            added = isFree(found) && CHAINS.compareAndSet(slot, found, entry);
        }
    }

    private static boolean isFree(WeakReference<Object[]> entry) {
        Object[] chain = entry == null ? null : entry.get();
        return chain == null || !CallChain.owner(chain).isAlive();
    }

    static List<Thread> inside(CallGate gate) {
        List<Thread> threads = new ArrayList<>();
        for (int slot = 0; slot < SLOTS; slot++) {
            WeakReference<Object[]> entry = CHAINS.get(slot);
            Object[] chain = entry == null ? null : entry.get();
            if (chain != null && CallChain.holds(chain, gate)) {
                threads.add(CallChain.owner(chain));
            }
        }
        return List.copyOf(threads);
    }
}
