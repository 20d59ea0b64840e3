package io.nmr.demo;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads HTTP/1.1 answers (RFC 9112) from one connection: with a content length, chunked, or up to the close. */
final class AnswerReader {
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.([01]) ([1-5][0-9]{2})(?: .*)?");
    private static final int LONGEST_LINE = 8_192;
    private static final int LONGEST_BODY = 1 << 20;

    private final DeadlineInput source;
    private final InputStream in;
    private boolean persistent;

    AnswerReader(Socket socket) throws IOException {
        source = new DeadlineInput(socket);
        in = new BufferedInputStream(source);
    }

    /** Whether another answer may follow the one read last. */
    boolean persistent() {
        return persistent;
    }

    Answer read(Deadline deadline) throws IOException {
        source.until(deadline);
        Matcher status = statusLine();
        Map<String, String> headers = headers();
        persistent = status.group(1).equals("1") && !"close".equalsIgnoreCase(headers.get("connection"));
        return new Answer(Integer.parseInt(status.group(2)), body(headers));
    }

    private Matcher statusLine() throws IOException {
        String line = line();
        Matcher matcher = STATUS_LINE.matcher(line);
        if (!matcher.matches()) {
            throw new ProtocolException("no status line: " + line);
        }
        return matcher;
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new ProtocolException("no header: " + line);
            }
            headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
        }
        return headers;
    }

    private String body(Map<String, String> headers) throws IOException {
        if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
            return text(chunks());
        }
        String length = headers.get("content-length");
        return text(length == null ? rest() : exactly(number(length, 10)));
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = chunkSize(); size > 0; size = chunkSize()) {
            bounded(body.size() + size);
            body.write(exactly(size));
            expectEmpty(line());
        }
        headers();
        return body.toByteArray();
    }

    private int chunkSize() throws IOException {
        return number(line().split(";", 2)[0].strip(), 16);
    }

    private byte[] rest() throws IOException {
        persistent = false;
        byte[] body = in.readNBytes(LONGEST_BODY + 1);
        bounded(body.length);
        return body;
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("closed after " + bytes.length + " of " + length + " bytes");
        }
        return bytes;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("closed in the middle of an answer");
            }
            if (line.size() == LONGEST_LINE) {
                throw new ProtocolException("a line of more than " + LONGEST_LINE + " bytes");
            }
            line.write(next);
        }
        return text(line.toByteArray()).stripTrailing();
    }

    private static int number(String digits, int radix) throws IOException {
        if (!digits.matches("[0-9A-Fa-f]{1,7}")) {
            throw new ProtocolException("no length: " + digits);
        }
        try {
            return bounded(Integer.parseInt(digits, radix));
        } catch (NumberFormatException e) {
            throw new ProtocolException("no length: " + digits);
        }
    }

    private static int bounded(int length) throws ProtocolException {
        if (length > LONGEST_BODY) {
            throw new ProtocolException("a body of more than " + LONGEST_BODY + " bytes");
        }
        return length;
    }

    private static void expectEmpty(String line) throws ProtocolException {
        if (!line.isEmpty()) {
            throw new ProtocolException("no end of the chunk: " + line);
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
