package io.nmr.benchmarks.call;

/** A counter, a flag and a lock for each binding, as NMR's documentation shows it. */
final class SynchronizedLookup implements Lookup {

    private final Object lock = new Object();
    private final Lookup provider;
    private long calls;
    private boolean closed;
    volatile boolean drained;

    SynchronizedLookup(Lookup provider) {
        this.provider = provider;
    }

    @Override
    public int lookup(int address) {
        if (!enter()) {
            return DETACHED;
        }
        try {
            return provider.lookup(address);
        } finally {
            exit();
        }
    }

    void close() {
        synchronized (lock) {
            closed = true;
        }
    }

    private boolean enter() {
        synchronized (lock) {
            calls += closed ? 0 : 1;
            return !closed;
        }
    }

    private void exit() {
        synchronized (lock) {
            calls--;
            if (closed && calls == 0) {
                drained = true;
            }
        }
    }
}
