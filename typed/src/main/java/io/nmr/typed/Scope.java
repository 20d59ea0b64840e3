package io.nmr.typed;

import io.nmr.api.CallChain;
import io.nmr.api.CallGate;
import io.nmr.typed.guard.LateExit;
import io.nmr.typed.guard.Tracked;

/**
 * A call in progress that admits further calls, on any thread, until it is over: although the binding detaches (T6). Later
 * ones are admitted as any other.
 *
 * <p><b>Threading.</b> Any thread. A gate of its own says whether the call is still in progress: it is passed for the
 * moment in which the further call is counted.
 */
final class Scope implements Tracked {

    private final Binding<?> binding;
    private final LateExit inProgress;
    private final CallGate.Closer open = CallGate.open();

    Scope(Binding<?> binding, LateExit inProgress) {
        this.binding = binding;
        this.inProgress = inProgress;
    }

    @Override
    public Object target() {
        return binding.target();
    }

    @Override
    public Object begin() {
        Object begun = CallChain.begin(binding);
        if (begun == null) {
            enterWithin();
        }
        return begun;
    }

    @Override
    public void end(Object begun) {
        binding.end(begun);
    }

    @Override
    public void enterAsync() {
        if (!binding.tryEnterAsync()) {
            enterWithin();
        }
    }

    @Override
    public void exit() {
        binding.exit();
    }

    @Override
    public LateExit exitLater() {
        return binding.exitLater();
    }

    /** The gate admits it no more, but as a part of this call. */
    private void enterWithin() {
        if (!tryEnterWithin()) {
            throw binding.detached();
        }
    }

    /** Begins a call within this one, unless this one is over; {@link #exit} ends it. */
    boolean tryEnterWithin() {
        int use = open.gate().enter();
        if (use == CallGate.REFUSED) {
            return false;
        }
        try {
            CallChain.push(binding, binding.enterWithin(inProgress.token()));
        } finally {
            open.gate().exit(use);
        }
        return true;
    }

    /** The call is over, but for the ones within. */
    void end() {
        if (open.close(inProgress).isSuccess()) {
            inProgress.run();
        }
    }

    @Override
    public String toString() {
        return binding.toString();
    }
}
