package io.nmr.health;

import java.time.Duration;
import java.util.List;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.ResultLog;

/** What a check found; the worst of it is the result. */
final class Findings {

    /** More would be read by nobody. */
    private static final int MOST = 20;

    private final ResultLog log = new ResultLog();

    Findings add(Result.Status status, List<String> messages) {
        messages.stream().limit(MOST).forEach(message -> add(status, message));
        if (messages.size() > MOST) {
            add(status, (messages.size() - MOST) + " more");
        }
        return this;
    }

    Findings add(Result.Status status, String message) {
        log.add(new ResultLog.Entry(status, message));
        return this;
    }

    ResultLog log() {
        return log;
    }

    /** In seconds, or in minutes from two on. */
    static String shown(Duration duration) {
        return duration.toSeconds() < 120 ? duration.toSeconds() + " s" : duration.toMinutes() + " min";
    }
}
