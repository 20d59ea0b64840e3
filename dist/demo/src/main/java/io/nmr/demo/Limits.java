package io.nmr.demo;

import java.time.Duration;

/**
 * How long the demo waits at most.
 *
 * @param start until the gateway serves
 * @param command a shell command, the last of which ends the framework
 * @param swap a stop or an update that drains; more than the registrar's own detach timeout
 * @param record a drain record after its stop has returned
 * @param request one HTTP request
 */
record Limits(Duration start, Duration command, Duration swap, Duration record, Duration request) {
    static final Limits DEFAULT = new Limits(
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10));
}
