package io.nmr.sample.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Serves the pages over HTTP, to this machine only. */
final class Gateway {

    private static final int THREADS = 64;
    private static final int SECONDS_TO_ANSWER = 5;
    private static final System.Logger LOG = System.getLogger(Gateway.class.getName());

    static {
        // JDK 17 sends headers and body apart: without this a kept connection loses 40 ms to each response
        System.getProperties().putIfAbsent("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService executor = executor();
    private final Pages pages;
    /** Completes as each request is answered; of those that are not yet. */
    private final Set<CompletableFuture<Void>> unanswered = ConcurrentHashMap.newKeySet();

    /**
     * Binds the port. {@link #start} must follow: the JDK's server frees the port only if it was started.
     *
     * @param port the port, or 0 for a free one
     */
    Gateway(int port, LookupClient client) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(executor);
        server.createContext("/", this::handle);
        pages = new Pages(client, executor);
    }

    int port() {
        return server.getAddress().getPort();
    }

    void start() {
        server.start();
    }

    /** Lets the requests in progress be answered, then closes all connections. */
    void stop() {
        awaitAnswers();
        server.stop(0);
        executor.shutdown();
    }

    /** No thread waits here: the reply is sent by whichever thread completes it. */
    private void handle(HttpExchange exchange) {
        CompletableFuture<Void> answered = new CompletableFuture<>();
        unanswered.add(answered);
        CompletableFuture.completedStage(exchange)
                .thenCompose(request -> pages.get(request.getRequestMethod(), request.getRequestURI()))
                .exceptionally(Reply::failed)
                .thenAccept(reply -> send(exchange, reply))
                .whenComplete((sent, failure) -> {
                    unanswered.remove(answered);
                    answered.complete(null);
                });
    }

    private static void send(HttpExchange exchange, Reply reply) {
        boolean head = exchange.getRequestMethod().equals("HEAD");
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            reply.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(reply.status(), head ? -1 : body.length);
            if (!head) {
                exchange.getResponseBody().write(body);
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "The caller went away", e);
        }
    }

    private void awaitAnswers() {
        try {
            CompletableFuture.allOf(unanswered.toArray(CompletableFuture[]::new)).get(SECONDS_TO_ANSWER, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            LOG.log(System.Logger.Level.WARNING, "Requests not answered within {0} s are cut", SECONDS_TO_ANSWER);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new AssertionError("an answer completes normally only", e);
        }
    }

    /** As many threads as requests at a time; further ones wait for a thread. */
    private static ExecutorService executor() {
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                THREADS, THREADS, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Gateway::thread);
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "nmr-sample-gateway");
        thread.setDaemon(true);
        return thread;
    }
}
