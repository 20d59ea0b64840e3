package io.nmr.demo;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * One persistent HTTP/1.1 connection. It never repeats a request, as the JDK's clients silently do: whatever goes
 * wrong is the caller's {@link IOException}. After a failure, or an answer that announces the close, the next request
 * opens it anew.
 *
 * <p>Threading: one thread at a time.
 */
final class Connection implements Closeable {
    private final InetSocketAddress address;
    private final Duration timeout;
    private Socket socket;
    private AnswerReader answers;

    Connection(InetSocketAddress address, Duration timeout) {
        this.address = address;
        this.timeout = timeout;
    }

    /** One request, all of it within the timeout. */
    Answer get(String target) throws IOException {
        Deadline deadline = Deadline.in(timeout);
        boolean reusable = false;
        try {
            open(deadline);
            send(target);
            Answer answer = answers.read(deadline);
            reusable = answers.persistent();
            return answer;
        } finally {
            if (!reusable) {
                close();
            }
        }
    }

    private void open(Deadline deadline) throws IOException {
        if (socket == null) {
            socket = new Socket();
            socket.setTcpNoDelay(true);
            socket.connect(address, Math.max(1, deadline.millisLeft()));
            answers = new AnswerReader(socket);
        }
    }

    private void send(String target) throws IOException {
        String request = "GET " + target + " HTTP/1.1\r\nHost: "
                + address.getHostString() + ":" + address.getPort() + "\r\n\r\n";
        OutputStream out = socket.getOutputStream();
        out.write(request.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            Socket closing = socket;
            socket = null;
            answers = null;
            closing.close();
        }
    }
}
