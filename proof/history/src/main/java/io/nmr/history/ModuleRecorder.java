package io.nmr.history;

import io.nmr.api.NmrStatus;
import java.util.function.Supplier;

/**
 * Records one registration of one module, from before it is asked for to after its end.
 *
 * <p><b>Threading.</b> As {@link Recorder}.
 */
public final class ModuleRecorder extends Recording {

    private final Recorder recorder;
    private final RegisteredModule module;

    ModuleRecorder(Recorder recorder, RegisteredModule module) {
        this.recorder = recorder;
        this.module = module;
    }

    /** {@return the registration that is recorded} */
    public RegisteredModule module() {
        return module;
    }

    /**
     * Records a registration.
     *
     * @param <T> what registering answers
     * @param registering registers the module, or publishes its service
     * @return what that answers
     */
    public <T> T register(Supplier<T> registering) {
        return around(Kind.REGISTER_BEGIN, Kind.REGISTER_END, registering, ModuleRecorder::registered, Outcome.FAILED);
    }

    /** Records that the registration is about to be asked for by something that answers elsewhere. */
    public void registers() {
        record(Kind.REGISTER_BEGIN);
    }

    /** Records that what was asked for so has returned, with success. */
    public void registered() {
        record(Kind.REGISTER_END, Outcome.SUCCESS, "");
    }

    private static Outcome registered(Object answer) {
        return Boolean.FALSE.equals(answer) ? Outcome.REFUSED : Outcome.SUCCESS;
    }

    /**
     * Records a deregistration, from its begin to its return.
     *
     * @param deregistering deregisters the module
     * @return what that answers
     */
    public NmrStatus deregister(Supplier<NmrStatus> deregistering) {
        return around(Kind.DEREGISTER_BEGIN, Kind.DEREGISTER_END, deregistering, Recording::of, Outcome.FAILED);
    }

    /** Records that the registration is about to be ended by something that answers no status. */
    public void deregisters() {
        record(Kind.DEREGISTER_BEGIN);
    }

    /**
     * Records how a wait for the deregistration ended.
     *
     * @param waiting waits
     * @return what that answers
     */
    public NmrStatus await(Supplier<NmrStatus> waiting) {
        NmrStatus status = waiting.get();
        if (status.isSuccess()) {
            deregistered();
        } else if (status.equals(NmrStatus.TIMEOUT)) {
            timedOut();
        }
        return status;
    }

    /** Records that the deregistration is complete. */
    public void deregistered() {
        record(Kind.DEREGISTERED);
    }

    /** Records that nobody waits for the deregistration any longer. */
    public void timedOut() {
        record(Kind.TIMEOUT);
    }

    /**
     * Records the activator's stop.
     *
     * @param stopping tears down what the module's functions need
     */
    public void stop(Runnable stopping) {
        around(Kind.STOP_BEGIN, Kind.STOP_END, stopping, Outcome.FAILED);
    }

    /** Records that the activator is about to stop, as somebody else sees it. */
    public void stops() {
        record(Kind.STOP_BEGIN);
    }

    /** Records that the activator has stopped. */
    public void stopped() {
        record(Kind.STOP_END, Outcome.SUCCESS, "");
    }

    /**
     * Records the client's callback that tells it of its deregistration.
     *
     * @param told what that does
     */
    public void deregistering(Runnable told) {
        around(Kind.NOTICE_BEGIN, Kind.NOTICE_END, told, Outcome.FAILED);
    }

    /** Records a moment on this thread: what follows on it was decided after it. */
    public void mark() {
        record(Kind.MARK);
    }

    /**
     * Begins to record this module's side of a binding to a registration that is known by name; its key is made of the
     * two names, the client's first.
     *
     * @param peer the other side's registration
     * @return what records it
     */
    public BindingRecorder binding(String peer) {
        String key = module.role() == Role.CLIENT ? module.name() + "/" + peer : peer + "/" + module.name();
        return binding(key, peer);
    }

    /**
     * Begins to record this module's side of a binding.
     *
     * @param key names the binding, the same on both sides and another for each; not empty
     * @param peer the other side's registration, or empty where unknown: then nothing is said of R1, R2, R6
     * @return what records it
     */
    public BindingRecorder binding(String key, String peer) {
        if (key.isEmpty()) {
            throw new IllegalArgumentException("the key of a binding of " + module + " was expected");
        }
        return new BindingRecorder(recorder, module, key, peer);
    }

    @Override
    void record(Kind kind, Outcome outcome, String note) {
        recorder.record(module, "", "", kind, outcome, note);
    }
}
