package io.nmr.benchmarks.call;

import io.nmr.typed.NpiClient;
import java.util.concurrent.CountDownLatch;

/** A call that stays in progress until it is told to end. */
final class CallInProgress {

    private final CountDownLatch inside = new CountDownLatch(1);
    private final CountDownLatch mayReturn = new CountDownLatch(1);
    private final Thread caller;

    private CallInProgress(NpiClient<?, Lookup> client) {
        this.caller = new Thread(() -> client.call(lookup -> stay()), "call in progress");
    }

    /** Returns when the call has been admitted. */
    static CallInProgress begin(NpiClient<?, Lookup> client) throws InterruptedException {
        CallInProgress call = new CallInProgress(client);
        call.caller.start();
        call.inside.await();
        return call;
    }

    private Object stay() {
        inside.countDown();
        try {
            mayReturn.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return null;
    }

    /** Returns when the call has returned. */
    void end() throws InterruptedException {
        mayReturn.countDown();
        caller.join();
    }
}
