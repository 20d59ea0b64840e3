package io.nmr.demo;

import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The line that shows the load at work: several times a second on a terminal, now and then elsewhere. */
final class Progress {
    private static final long TERMINAL_MILLIS = 250;
    private static final long PLAIN_MILLIS = 5_000;

    private final Screen screen;
    private final Tally tally;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private long lastNanos = System.nanoTime();
    private long lastRequests;

    Progress(Screen screen, Tally tally) {
        this.screen = screen;
        this.tally = tally;
        long millis = screen.terminal() ? TERMINAL_MILLIS : PLAIN_MILLIS;
        clock.scheduleAtFixedRate(this::tick, millis, millis, TimeUnit.MILLISECONDS);
    }

    private void tick() {
        Tally.Snapshot now = tally.snapshot();
        screen.progress(text(now, rate(now.requests())));
    }

    private long rate(long requests) {
        long nanos = System.nanoTime();
        long rate = (requests - lastRequests) * 1_000_000_000L / Math.max(1, nanos - lastNanos);
        lastNanos = nanos;
        lastRequests = requests;
        return rate;
    }

    static String text(Tally.Snapshot tally, long rate) {
        return String.format(Locale.ROOT, "  ... %d requests/s, %d failures", rate, tally.failed());
    }

    void stop() throws InterruptedException {
        clock.shutdownNow();
        clock.awaitTermination(1, TimeUnit.SECONDS);
        screen.wipe();
    }
}
