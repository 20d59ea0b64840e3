package io.nmr.demo;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** A socket's input, of which a read ends at the deadline at the latest. */
final class DeadlineInput extends InputStream {
    private final Socket socket;
    private final InputStream in;
    private Deadline deadline;

    DeadlineInput(Socket socket) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
    }

    void until(Deadline deadline) {
        this.deadline = deadline;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int millis = deadline.millisLeft();
        if (millis == 0) {
            throw new SocketTimeoutException("no whole answer in time");
        }
        socket.setSoTimeout(millis);
        return in.read(bytes, offset, length);
    }
}
