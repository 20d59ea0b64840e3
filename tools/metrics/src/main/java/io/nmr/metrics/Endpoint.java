package io.nmr.metrics;

import com.sun.net.httpserver.HttpServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Answers scrapes over HTTP, to this machine only. */
final class Endpoint {

    static final String PORT = "nmr.metrics.port";

    private static final int DEFAULT_PORT = 9464;
    private static final int THREADS = 4;
    private static final System.Logger LOG = System.getLogger(Endpoint.class.getName());

    private final HttpServer server;
    private final ExecutorService executor;

    private Endpoint(HttpServer server, ExecutorService executor) {
        this.server = server;
        this.executor = executor;
    }

    static Endpoint open(int port, PrometheusRegistry registry) throws IOException {
        HttpServer server = listen(port);
        ExecutorService executor = executor();
        server.setExecutor(executor);
        server.createContext("/", new Scrapes(registry));
        server.start();
        LOG.log(System.Logger.Level.INFO, "Metrics at http://localhost:{0,number,#}" + Scrapes.PATH, server.getAddress().getPort());
        return new Endpoint(server, executor);
    }

    private static HttpServer listen(int port) throws IOException {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new IOException("The metrics cannot be served on port " + port + ", see the property " + PORT, e);
        }
    }

    private static ExecutorService executor() {
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                THREADS, THREADS, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Endpoint::thread);
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "nmr-metrics");
        thread.setDaemon(true);
        return thread;
    }

    int port() {
        return server.getAddress().getPort();
    }

    void close() {
        server.stop(0);
        executor.shutdown();
    }

    /** What the property says; a nonsense leaves the default. */
    static int port(String value) {
        if (value == null) {
            return DEFAULT_PORT;
        }
        if (value.matches("[0-9]{1,5}") && Integer.parseInt(value) <= 0xFFFF) {
            return Integer.parseInt(value);
        }
        LOG.log(
                System.Logger.Level.WARNING,
                "{0} is ''{1}'', but must be a port from 0 (any that is free) to 65535; {2,number,#} is kept",
                PORT, value, DEFAULT_PORT);
        return DEFAULT_PORT;
    }
}
