package io.nmr.benchmarks.call;

import java.util.concurrent.Semaphore;

/** The peer: a call takes one permit, whoever closes takes all of them. */
final class SemaphoreLookup implements Lookup {

    private static final int PERMITS = Integer.MAX_VALUE;

    private final Semaphore permits = new Semaphore(PERMITS);
    private final Lookup provider;

    SemaphoreLookup(Lookup provider) {
        this.provider = provider;
    }

    @Override
    public int lookup(int address) {
        if (!permits.tryAcquire()) {
            return DETACHED;
        }
        try {
            return provider.lookup(address);
        } finally {
            permits.release();
        }
    }

    /** Returns when no call is in progress; calls are refused from then on. */
    void close() {
        permits.acquireUninterruptibly(PERMITS);
    }
}
