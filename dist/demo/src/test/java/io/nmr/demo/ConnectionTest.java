package io.nmr.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.sun.net.httpserver.HttpServer;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final String HELLO = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";

    @Test
    void jdkServer_keepsOneConnection() throws IOException {
        Set<InetSocketAddress> callers = ConcurrentHashMap.newKeySet();
        HttpServer server = jdkServer(callers, 0);
        try (Connection connection = new Connection(server.getAddress(), TIMEOUT)) {
            for (int i = 0; i < 3; i++) {
                assertThat(connection.get("/lookup?address=192.0.2.1")).isEqualTo(new Answer(404, "/lookup?address=192.0.2.1"));
            }
            assertThat(callers).hasSize(1);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void jdkServer_chunked_isPutTogether() throws IOException {
        HttpServer server = jdkServer(ConcurrentHashMap.newKeySet(), 1);
        try (Connection connection = new Connection(server.getAddress(), TIMEOUT)) {
            assertThat(connection.get("/a").body()).isEqualTo("/a/a");
            assertThat(connection.get("/b").body()).isEqualTo("/b/b");
        } finally {
            server.stop(0);
        }
    }

    /** With copies, the length is left to chunks. */
    private static HttpServer jdkServer(Set<InetSocketAddress> callers, int copies) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            callers.add(exchange.getRemoteAddress());
            byte[] body = exchange.getRequestURI().toString().getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(404, copies == 0 ? body.length : 0);
            exchange.getResponseBody().write(body);
            exchange.getResponseBody().flush();
            exchange.getResponseBody().write(body, 0, copies == 0 ? 0 : body.length);
            exchange.close();
        });
        server.start();
        return server;
    }

    @Test
    void rawChunks_withExtensionAndTrailer_leaveTheConnectionUsable() throws IOException {
        String chunked =
                "HTTP/1.1 500 \r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\nA\r\n0123456789\r\n0\r\nTrailer: 1\r\n\r\n";
        try (ScriptedServer server = new ScriptedServer(new String[] {chunked, HELLO}); Connection connection = to(server)) {
            assertThat(connection.get("/1")).isEqualTo(new Answer(500, "abc0123456789"));
            assertThat(connection.get("/2")).isEqualTo(new Answer(200, "hello"));
            assertThat(server.requests()).containsExactly("GET /1 HTTP/1.1", "GET /2 HTTP/1.1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello",
        "HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\n\r\nhello"
    })
    void announcedClose_opensAnother(String closing) throws IOException {
        try (ScriptedServer server = new ScriptedServer(new String[] {closing}, new String[] {HELLO});
                Connection connection = to(server)) {
            assertThat(connection.get("/1")).isEqualTo(new Answer(200, "hello"));
            assertThat(connection.get("/2")).isEqualTo(new Answer(200, "hello"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "",
        "HTTP/1.1 200 OK\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"
    })
    void closedMidway_failsWithoutASecondRequest(String part) throws IOException {
        try (ScriptedServer server = new ScriptedServer(new String[] {part}, new String[] {HELLO});
                Connection connection = to(server)) {
            assertThatExceptionOfType(EOFException.class).isThrownBy(() -> connection.get("/1"));
            assertThat(connection.get("/2").body()).isEqualTo("hello");
            assertThat(server.requests()).containsExactly("GET /1 HTTP/1.1", "GET /2 HTTP/1.1");
        }
    }

    @Test
    void closedWhileIdle_unannounced_isAFailureToo() throws IOException {
        try (ScriptedServer server = new ScriptedServer(new String[] {HELLO}, new String[] {HELLO});
                Connection connection = to(server)) {
            assertThat(connection.get("/1").ok()).isTrue();
            assertThatIOException().isThrownBy(() -> connection.get("/2"));
            assertThat(connection.get("/3").ok()).isTrue();
            assertThat(server.requests()).containsExactly("GET /1 HTTP/1.1", "GET /3 HTTP/1.1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "SSH-2.0-OpenSSH\r\n",
        "HTTP/1.1 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nno header\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: ff\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 9999999\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhello\r\n"
    })
    void nonsense_isAProtocolError(String answer) throws IOException {
        try (ScriptedServer server = new ScriptedServer(new String[][] {{answer}}); Connection connection = to(server)) {
            assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> connection.get("/"));
        }
    }

    @Test
    void noAnswer_timesOut() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Connection connection = new Connection(at(silent.getLocalPort()), Duration.ofMillis(50))) {
            assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> connection.get("/"));
        }
    }

    @Test
    void nobodyListens_isRefused() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        try (Connection connection = new Connection(at(port), TIMEOUT)) {
            assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> connection.get("/"));
        }
    }

    private static Connection to(ScriptedServer server) {
        return new Connection(server.address(), TIMEOUT);
    }

    private static InetSocketAddress at(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }
}
