package io.nmr.benchmarks.call;

import java.util.concurrent.locks.ReentrantReadWriteLock;

/** The peer: a call holds the read lock, whoever closes waits for the write lock. */
final class ReadWriteLockLookup implements Lookup {

    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final Lookup provider;
    private boolean closed;

    ReadWriteLockLookup(Lookup provider) {
        this.provider = provider;
    }

    @Override
    public int lookup(int address) {
        lock.readLock().lock();
        try {
            return closed ? DETACHED : provider.lookup(address);
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Returns when no call is in progress. */
    ReadWriteLockLookup closed() {
        lock.writeLock().lock();
        try {
            closed = true;
            return this;
        } finally {
            lock.writeLock().unlock();
        }
    }
}
