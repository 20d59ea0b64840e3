package io.nmr.jmx;

import io.nmr.api.runtime.CallSnapshot;

/** A thread inside a tracked call, for a console. */
public final class CallData {

    private final CallSnapshot call;

    CallData(CallSnapshot call) {
        this.call = call;
    }

    /** Which side's call it is: CLIENT or PROVIDER. */
    public String getCaller() {
        return call.caller().name();
    }

    /** The id of the thread. */
    public long getThreadId() {
        return call.threadId();
    }

    /** Its name. */
    public String getThreadName() {
        return call.threadName();
    }

    /** Where it was, innermost first; empty if it had returned meanwhile. */
    public String[] getStack() {
        return call.stack().toArray(String[]::new);
    }
}
