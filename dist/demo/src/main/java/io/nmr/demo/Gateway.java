package io.nmr.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;

/** Where the sample's gateway listens: on loopback. */
final class Gateway {
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final String PROBE = "/lookup?address=192.0.2.1";

    private Gateway() {
    }

    /** The port asked for, or a free one for 0. */
    static InetSocketAddress at(int port) throws DemoException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ServerSocket trial = new ServerSocket()) {
            trial.setReuseAddress(true);
            trial.bind(new InetSocketAddress(loopback, port));
            return new InetSocketAddress(loopback, trial.getLocalPort());
        } catch (IOException e) {
            throw new DemoException("port " + port + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** Waits until a lookup gets 200. */
    static void awaitServing(InetSocketAddress gateway, Framework framework, Duration timeout)
            throws DemoException, InterruptedException {
        Deadline deadline = Deadline.in(timeout);
        String last = probe(gateway, timeout);
        while (!last.equals("HTTP 200")) {
            if (framework.endsWithin(PAUSE)) {
                throw new DemoException("the framework ended before its gateway answered" + framework.lastLines());
            }
            if (deadline.passed()) {
                throw new DemoException("the gateway does not serve after " + timeout.toSeconds() + " s (" + last + ")"
                        + framework.lastLines());
            }
            last = probe(gateway, timeout);
        }
    }

    private static String probe(InetSocketAddress gateway, Duration timeout) {
        try (Connection connection = new Connection(gateway, timeout)) {
            return "HTTP " + connection.get(PROBE).status();
        } catch (IOException e) {
            return e.toString();
        }
    }
}
