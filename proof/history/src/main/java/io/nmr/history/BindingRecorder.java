package io.nmr.history;

import io.nmr.api.AttachResult;
import io.nmr.api.NmrStatus;
import java.util.function.Supplier;

/**
 * Records one side of a binding: what a module keeps in its binding context.
 *
 * <p><b>Threading.</b> As {@link Recorder}.
 */
public final class BindingRecorder extends Recording {

    private final Recorder recorder;
    private final RegisteredModule module;
    private final String key;
    private final String peer;

    BindingRecorder(Recorder recorder, RegisteredModule module, String key, String peer) {
        this.recorder = recorder;
        this.module = module;
        this.key = key;
        this.peer = peer;
    }

    /** {@return the binding's key, the same on both sides} */
    public String key() {
        return key;
    }

    /**
     * Records the client's attach callback.
     *
     * @param callback what the client does in it
     * @return its answer
     */
    public NmrStatus attachProvider(Supplier<NmrStatus> callback) {
        return around(Kind.ATTACH_BEGIN, Kind.ATTACH_END, callback, Recording::of, Outcome.FAILED);
    }

    /**
     * Records the provider's attach callback.
     *
     * @param callback what the provider does in it
     * @return its answer
     */
    public AttachResult attachClient(Supplier<AttachResult> callback) {
        return around(Kind.ATTACH_BEGIN, Kind.ATTACH_END, callback, Recording::of, Outcome.FAILED);
    }

    /** Records that this side has announced its gate to the registrar. */
    public void announced() {
        record(Kind.ANNOUNCE);
    }

    /** Records that the callbacks to come of this side are not recorded. */
    public void untracked() {
        record(Kind.UNTRACKED);
    }

    /**
     * Records the detach callback of either role.
     *
     * @param callback what the module does in it
     * @return its answer
     */
    public NmrStatus detach(Supplier<NmrStatus> callback) {
        return around(Kind.DETACH_BEGIN, Kind.DETACH_END, callback, BindingRecorder::detached, Outcome.FAILED);
    }

    /** Any status but SUCCESS and PENDING is a failure (D9). */
    private static Outcome detached(NmrStatus answer) {
        Outcome outcome = of(answer);
        return outcome == Outcome.REFUSED ? Outcome.FAILED : outcome;
    }

    /**
     * Records the completion of a pending detach.
     *
     * @param completing calls detachComplete
     */
    public void complete(Runnable completing) {
        around(Kind.COMPLETE_BEGIN, Kind.COMPLETE_END, completing, Outcome.REFUSED);
    }

    /**
     * Records the cleanup callback of either role.
     *
     * @param callback what the module does in it
     */
    public void cleanup(Runnable callback) {
        around(Kind.CLEANUP_BEGIN, Kind.CLEANUP_END, callback, Outcome.FAILED);
    }

    /**
     * Begins to record a call of this side into the other; to be asked for before it enters the gate.
     *
     * @return what records it
     */
    public CallRecorder call() {
        return call("");
    }

    /**
     * As {@link #call()}, for a call that belongs to another one in progress, which admits it although the binding
     * detaches (T6).
     *
     * @param outer the other one
     * @return what records it
     */
    public CallRecorder callWithin(CallRecorder outer) {
        return call(" within " + outer.number());
    }

    /**
     * Begins to record a call that has entered the gate before it could be recorded, such as inside of what is called. Of
     * it nothing is said of D3, for when it was admitted is not known.
     *
     * @return what records its end
     */
    public CallRecorder callInProgress() {
        CallRecorder call = new CallRecorder(this, recorder.nextCall());
        call.entered();
        return call;
    }

    private CallRecorder call(String within) {
        CallRecorder call = new CallRecorder(this, recorder.nextCall());
        record(Kind.CALL_BEGIN, Outcome.NONE, call.number() + within);
        return call;
    }

    @Override
    void record(Kind kind, Outcome outcome, String note) {
        recorder.record(module, key, peer, kind, outcome, note);
    }
}
