package io.nmr.engine;

import io.nmr.api.NmrStatus;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.CountDownLatch;

/** Offers one provider to one client (A1) and commits how it ended (A2, A7, A11). */
final class Offer extends Effect {

    private static final VarHandle ANSWERED;

    static {
        try {
            ANSWERED = MethodHandles.lookup().findVarHandle(Offer.class, "answered", Object.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Binding binding;

    /** Null until it is answered; or the {@link CountDownLatch} of those who wait for that, until it is; then true. */
    private volatile Object answered;

    Offer(Binding binding) {
        this.binding = binding;
    }

    @Override
    public void run() {
        Callback<NmrStatus> callback = new Callback<>(binding.client(), binding.client()::callAttach);
        switch (binding.beginOffer()) {
            case OFFERED -> make(callback);
            case GONE -> setAnswered();
            case ATTACHING, ATTACHING_DOOMED, CONNECTING, CONNECTING_DOOMED, ACCEPTED, ACCEPTED_DOOMED, ATTACHED,
                    DETACHING, CLEANING -> { }
        }
    }

    private void make(Callback<NmrStatus> callback) {
        try {
            callback.call();
            end(callback);
        } finally {
            setAnswered();
        }
    }

    /** Seldom does anybody wait: most offers are made by the thread that registers. */
    private void setAnswered() {
        if (ANSWERED.getAndSet(this, Boolean.TRUE) instanceof CountDownLatch waiting) {
            waiting.countDown();
        }
    }

    private void end(Callback<NmrStatus> callback) {
        boolean success = callback.value() != null && callback.value().isSuccess();
        Phase before = success ? callback.commit(binding, Offer::confirmed) : callback.commit(binding, Offer::declined);
        if (before == null) {
            leaveAttached(callback);
        } else {
            judge(before, callback, success);
        }
    }

    private static Phase confirmed(Binding binding, Effects effects) {
        return binding.endOffer(true, effects);
    }

    private static Phase declined(Binding binding, Effects effects) {
        return binding.endOffer(false, effects);
    }

    private void judge(Phase before, Callback<NmrStatus> answer, boolean success) {
        boolean accepted = before == Phase.ACCEPTED || before == Phase.ACCEPTED_DOOMED;
        if (accepted && !success) {
            blame(answer, "although it had attached; both sides are detached");
        } else if (!accepted && success) {
            blame(answer, "without having attached; there is no binding");
        } else if (answer.value() == null) {
            blame(answer, "which stands for a refusal; there is no binding");
        }
    }

    /** There is no memory to detach what the client attached and then thought better of: it is as if it had not. */
    private void leaveAttached(Callback<NmrStatus> answer) {
        answer.commit(binding, Offer::confirmed);
        blame(answer, "and there is no memory to detach what it had attached; that stays until one of the two leaves");
    }

    private void blame(Callback<NmrStatus> answer, String consequence) {
        binding.client().blame("A11", "attachProvider " + answer.describe() + " " + consequence, answer.thrown());
    }

    /**
     * Returns when the offer has been answered or withdrawn (R9). Inside a callback one that the executor has not come to
     * is made here, for it may have no thread to spare but this one (C6). An interrupt is kept for the caller.
     */
    void awaitAnswer() {
        if (!CallbackChain.isEmpty()) {
            run();
        }
        boolean interrupted = false;
        while (answered != Boolean.TRUE) {
            try {
                ANSWERED.compareAndSet(this, null, new CountDownLatch(1));
                if (answered instanceof CountDownLatch waiting) {
                    waiting.await();
                }
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (OutOfMemoryError e) {
                Thread.yield(); // without a latch to wait at
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public Kind kind() {
        return Kind.OFFER;
    }

    @Override
    public ModuleName module() {
        return binding.client().module.name;
    }
}
