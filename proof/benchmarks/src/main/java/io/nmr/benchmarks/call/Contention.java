package io.nmr.benchmarks.call;

import io.nmr.api.CallGate;
import java.util.concurrent.atomic.AtomicBoolean;

/** Brings a gate into the form that it has under contention. */
final class Contention {

    private Contention() {}

    /** Two threads call until one of them was given a token that is not the word's. */
    static void inflate(CallGate gate) throws InterruptedException {
        AtomicBoolean inflated = new AtomicBoolean();
        Thread other = new Thread(() -> callUntil(inflated, gate));
        other.start();
        callUntil(inflated, gate);
        other.join();
    }

    private static void callUntil(AtomicBoolean inflated, CallGate gate) {
        while (!inflated.get()) {
            int token = gate.enter();
            gate.exit(token);
            if (token > 0) {
                inflated.set(true);
            }
        }
    }
}
