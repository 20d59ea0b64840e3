package io.nmr.api;

import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;

/** For Lincheck: calls and closes in any order; nothing may drain while a call is in progress, and all has to drain. */
public abstract class CallsModel {

    private final CallGate.Closer closer = CallGate.open();
    final CallGate gate = closer.gate();
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger pending = new AtomicInteger();
    private final AtomicInteger completions = new AtomicInteger();
    private volatile boolean drained;
    private volatile String broken;

    abstract int enter();

    @Operation
    public void call() {
        int token = enter();
        if (token != CallGate.REFUSED) {
            inside.incrementAndGet();
            breakIf(drained, "a call in a drained gate");
            inside.decrementAndGet();
            gate.exit(token);
        }
    }

    @Operation
    public void close() {
        if (closer.close(this::complete).isSuccess()) {
            drain();
        } else {
            pending.incrementAndGet();
        }
        breakIf(gate.enter() != CallGate.REFUSED, "a call after a close");
    }

    @Validate
    public void everythingDrained() {
        breakIf(gate.inProgress() != 0, "a call left over");
        breakIf(completions.get() != pending.get(), completions + " completions of " + pending);
        if (broken != null) {
            throw new IllegalStateException(broken);
        }
    }

    private void complete() {
        completions.incrementAndGet();
        drain();
    }

    private void drain() {
        drained = true;
        breakIf(inside.get() != 0, "drained with a call in progress");
    }

    private void breakIf(boolean wrong, String what) {
        if (wrong) {
            broken = what;
        }
    }

    /** From a new gate, which inflates if a compare-and-set is lost. */
    public static class InWord extends CallsModel {
        @Override
        int enter() {
            return gate.enter();
        }
    }

    /** In one cell, whether the word is open or not. */
    @SuppressWarnings("this-escape")
    public static class InCell extends CallsModel {
        public InCell() {
            gate.inflate();
        }

        @Override
        int enter() {
            return gate.enterCell(1);
        }
    }
}
