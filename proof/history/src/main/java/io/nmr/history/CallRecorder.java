package io.nmr.history;

/**
 * Records one call of one side of a binding into the other.
 *
 * <p><b>Threading.</b> As {@link Recorder}; a call may end on another thread than it began on.
 */
public final class CallRecorder {

    private final BindingRecorder binding;
    private final long number;

    CallRecorder(BindingRecorder binding, long number) {
        this.binding = binding;
        this.number = number;
    }

    long number() {
        return number;
    }

    /** The call was admitted; to be recorded after that. */
    public void entered() {
        record(Kind.CALL_ENTERED);
    }

    /** The call was refused. */
    public void refused() {
        record(Kind.CALL_REFUSED);
    }

    /** The call is over; to be recorded before it leaves the gate. */
    public void ended() {
        record(Kind.CALL_END);
    }

    private void record(Kind kind) {
        binding.record(kind, Outcome.NONE, Long.toString(number));
    }
}
