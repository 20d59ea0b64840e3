package io.nmr.itests.soak;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What all modules of a soak share: who is there, what is recorded, and threads that outlive every one of them. */
final class World {

    private static final int THREADS = 3;
    private static final int DETOURS = 20;

    final Ledger ledger = new Ledger();
    final Set<SoakModule> alive = ConcurrentHashMap.newKeySet();
    final ExecutorService pool = Executors.newFixedThreadPool(THREADS, work -> {
        Thread thread = new Thread(work, "soak pool");
        thread.setDaemon(true);
        return thread;
    });

    /** Bindings of which a completion was not to be had before the detach timeout had passed, of one side or of both. */
    final Set<String> stuck = ConcurrentHashMap.newKeySet();

    private final AtomicLong modules = new AtomicLong();
    private final AtomicInteger late = new AtomicInteger();
    private final Random random;

    World(long seed) {
        random = new Random(seed);
    }

    long nextModule() {
        return modules.incrementAndGet();
    }

    /** Does it on a thread of the pool, after some of what others have asked for. */
    void late(Runnable work) {
        late.incrementAndGet();
        detour(work, random.nextInt(DETOURS));
    }

    private void detour(Runnable work, int detours) {
        pool.execute(() -> {
            if (detours > 0) {
                Thread.yield();
                detour(work, detours - 1);
                return;
            }
            try {
                work.run();
            } finally {
                late.decrementAndGet();
            }
        });
    }

    boolean isNothingLate() {
        return late.get() == 0;
    }

    /** Has somebody call somebody. */
    void call(Random caller) {
        List<SoakModule> now = List.copyOf(alive);
        if (!now.isEmpty()) {
            now.get(caller.nextInt(now.size())).call(caller);
        }
    }
}
