package io.nmr.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * A raw server that answers request after request with the bytes given. One connection has all the answers of one
 * script and is then closed; the next script is for the next connection.
 */
final class ScriptedServer implements AutoCloseable {
    private final ServerSocket server;
    private final ConcurrentLinkedQueue<String> requests = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<Void> served;

    ScriptedServer(String[]... scripts) throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        served = CompletableFuture.runAsync(() -> serve(scripts));
    }

    InetSocketAddress address() {
        return new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
    }

    /** The request lines so far. */
    Iterable<String> requests() {
        return requests;
    }

    private void serve(String[][] scripts) {
        try {
            for (String[] script : scripts) {
                try (Socket socket = server.accept()) {
                    play(script, socket);
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void play(String[] script, Socket socket) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        for (String answer : script) {
            requests.add(in.readLine());
            while (!in.readLine().isEmpty()) {
                // the headers
            }
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Override
    public void close() throws IOException {
        try {
            served.orTimeout(10, TimeUnit.SECONDS).join();
        } finally {
            server.close();
        }
    }
}
