package io.nmr.demo;

import java.time.Duration;

/** A lookup provider of {@link FakeFramework} that counts its calls. */
final class FakeProvider {
    private final String version;
    private String state = "Installed";
    private boolean closed;
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
    }

    synchronized boolean tryEnter() {
        calls += closed ? 0 : 1;
        return !closed;
    }

    /** Whether the provider was still there when the call that had entered ended. */
    synchronized boolean call(int delay) {
        try {
            Deadline end = Deadline.in(Duration.ofMillis(delay));
            while (!end.passed()) {
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
        try {
            while (calls > 0) {
                wait();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
