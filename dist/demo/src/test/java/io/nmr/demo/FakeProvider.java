package io.nmr.demo;

import java.time.Duration;

/** A lookup provider of {@link FakeFramework} that counts its calls. */
final class FakeProvider {
    private final String version;
    private String state = "Installed";
    private boolean closed;
    private boolean held;
    private int calls;

    FakeProvider(String version) {
        this.version = version;
    }

    String version() {
        return version;
    }

    synchronized String state() {
        return state;
    }

    synchronized int calls() {
        return calls;
    }

    synchronized void start() {
        state = "Active";
    }

    synchronized void stop() {
        closed = true;
        state = "Resolved";
        release();
    }

    /** Waits for a call, and lets none end before the drain or stop that is to come: it begins with calls in progress. */
    synchronized void hold() {
        held = true;
        try {
            while (calls == 0) {
                wait();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void release() {
        held = false;
        notifyAll();
    }

    synchronized boolean tryEnter() {
        calls += closed ? 0 : 1;
        notifyAll();
        return !closed;
    }

    /** Whether the provider was still there when the call that had entered ended. */
    synchronized boolean call(int delay) {
        try {
            Deadline end = Deadline.in(Duration.ofMillis(delay));
            while (held || !end.passed()) {
                wait(Math.max(1, end.millisLeft())); // 0 is for ever
            }
            return state.equals("Active");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            calls--;
            notifyAll();
        }
    }

    synchronized void drain() {
        closed = true;
        release();
        try {
            while (calls > 0) {
                wait();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
