package io.nmr.benchmarks.call;

/** The sorts of threads that may call. */
public enum CallingThreads {
    PLATFORM,
    VIRTUAL;

    /** Whether JMH uses what the results will say that it used. */
    void check(Thread thread) {
        if (thread.toString().startsWith("VirtualThread") != (this == VIRTUAL)) {
            throw new IllegalStateException(this + " threads are to call, but this one is " + thread);
        }
    }
}
