package io.nmr.benchmarks.call;

import java.util.concurrent.locks.StampedLock;

/** The peer: a call holds a read stamp, whoever closes waits for the write stamp. */
final class StampedLockLookup implements Lookup {

    private final StampedLock lock = new StampedLock();
    private final Lookup provider;
    private boolean closed;

    StampedLockLookup(Lookup provider) {
        this.provider = provider;
    }

    @Override
    public int lookup(int address) {
        long stamp = lock.readLock();
        try {
            return closed ? DETACHED : provider.lookup(address);
        } finally {
            lock.unlockRead(stamp);
        }
    }

    /** Returns when no call is in progress. */
    void close() {
        long stamp = lock.writeLock();
        closed = true;
        lock.unlockWrite(stamp);
    }
}
