package io.nmr.api;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The chains of live threads, for those who look from outside: bounded, and all of it weak.
 *
 * <p>A thread comes here when its chain is made and when that grows, never in a call. It takes a free slot, or that of a
 * chain whose thread has ended, near the one that its id chooses; where there is none it stays unknown. So nothing is
 * kept of a million threads but the slots and what stands in them, a weak reference each: 210 kB at most.
 *
 * <p><b>Threading.</b> Any thread; lock-free. A slot is its thread's own until that ends: only it replaces what stands
 * there, by a chain that holds more, and while it still holds the former. The elements of a chain are written without
 * fences by the thread whose it is, so what others read of them is weakly consistent.
 */
final class LiveChains {

    static final int SLOTS = 4096;
    static final int UNKNOWN = -1;

    private static final int PROBES = 16;
    private static final AtomicReferenceArray<WeakReference<Object[]>> CHAINS = new AtomicReferenceArray<>(SLOTS);

    private LiveChains() {}

    /**
     * Makes a chain of the current thread's known. Its last element is that thread.
     *
     * @param slot the slot of the thread's former chain, or {@code UNKNOWN}
     * @return its slot, or {@code UNKNOWN}
     */
    static int enter(Object[] chain, int slot) {
        WeakReference<Object[]> entry = new WeakReference<>(chain);
        if (slot == UNKNOWN) {
            return claim(entry, owner(chain).getId());
        }
        CHAINS.set(slot, entry);
        return slot;
    }

    private static int claim(WeakReference<Object[]> entry, long threadId) {
        for (int probe = 0; probe < PROBES; probe++) {
            int slot = (int) (threadId + probe) & (SLOTS - 1);
            WeakReference<Object[]> found = CHAINS.get(slot);
            if (isFree(found) && CHAINS.compareAndSet(slot, found, entry)) {
                return slot;
            }
        }
        return UNKNOWN;
    }

    private static boolean isFree(WeakReference<Object[]> entry) {
        Object[] chain = entry == null ? null : entry.get();
        return chain == null || !owner(chain).isAlive();
    }

    static List<Thread> inside(CallGate gate) {
        List<Thread> threads = new ArrayList<>();
        for (int slot = 0; slot < SLOTS; slot++) {
            WeakReference<Object[]> entry = CHAINS.get(slot);
            Object[] chain = entry == null ? null : entry.get();
            if (chain != null && holds(chain, gate)) {
                threads.add(owner(chain));
            }
        }
        return List.copyOf(threads);
    }

    /** Frames that have ended are null, so all of them are looked at, whatever the depth. */
    private static boolean holds(Object[] chain, CallGate gate) {
        for (int frame = 1; frame < chain.length - 1; frame++) {
            if (chain[frame] == gate) {
                return true;
            }
        }
        return false;
    }

    private static Thread owner(Object[] chain) {
        return (Thread) chain[chain.length - 1];
    }
}
