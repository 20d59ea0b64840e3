package io.nmr.api;

import java.util.concurrent.atomic.AtomicInteger;

/** A gate that is called and closed at the same time, and what must be true of it at each moment and in the end. */
final class RacedGate {

    private static final int NOTHING = -2;

    private final CallGate.Closer closer = CallGate.open();
    private final CallGate gate = closer.gate();
    private final AtomicInteger entered = new AtomicInteger();
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger completions = new AtomicInteger();
    private final AtomicInteger handedOver = new AtomicInteger(NOTHING);
    private volatile boolean closed;
    private volatile NmrStatus answer;
    private volatile String broken;

    RacedGate(boolean inflated) {
        if (inflated) {
            gate.inflate();
        }
    }

    boolean isCalled() {
        return entered.get() > 0;
    }

    boolean isDrained() {
        return answer.isSuccess() || completions.get() > 0;
    }

    /** Calls until it is refused. Of every four calls one exits on whichever thread comes by next. */
    void call() {
        for (int i = 0; enter(); i++) {
            if (i % 4 == 3) {
                exit(handedOver.getAndSet(NOTHING));
            }
        }
        exit(handedOver.getAndSet(NOTHING));
    }

    private boolean enter() {
        boolean closedBefore = closed;
        int token = gate.enter();
        if (token == CallGate.REFUSED) {
            return false;
        }
        inside.incrementAndGet();
        entered.incrementAndGet();
        breakIf(closedBefore, "a call that entered after the close");
        breakIf(completions.get() > 0, "a call that entered after the completion");
        exit((entered.get() & 3) == 0 ? handedOver.getAndSet(token) : token);
        return true;
    }

    private void exit(int token) {
        if (token != NOTHING) {
            inside.decrementAndGet();
            gate.exit(token);
        }
    }

    void close() {
        answer = closer.close(this::complete);
        closed = true;
        breakIf(answer.isSuccess() && inside.get() > 0, "drained with a call in progress");
    }

    private void complete() {
        breakIf(inside.get() > 0, "completed with a call in progress");
        completions.incrementAndGet();
    }

    /** Null if all is as it should be, now that nobody calls any more. */
    String verdict() {
        breakIf(gate.inProgress() != 0, "calls left over: " + gate);
        breakIf(completions.get() != (answer.isSuccess() ? 0 : 1), completions + " completions of a close: " + answer);
        return broken;
    }

    private void breakIf(boolean wrong, String what) {
        if (wrong) {
            broken = what;
        }
    }
}
