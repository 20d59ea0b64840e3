package io.nmr.sample.client;

import static io.nmr.sample.npi.AddressFamily.IPV4;
import static io.nmr.sample.npi.AddressFamily.IPV6;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nmr.sample.npi.AddressBlock;
import io.nmr.sample.npi.GloballyReachable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class GatewayTest {

    @RegisterExtension
    private final Rig rig = new Rig();

    private final LookupClient client = rig.client(Duration.ZERO);
    private final FakeProvider one = rig.provider(1, IPV4);
    private final HttpClient http = HttpClient.newHttpClient();
    private Gateway gateway;

    @BeforeEach
    void start() throws IOException {
        gateway = new Gateway(0, client);
        gateway.start();
    }

    @AfterEach
    void stop() {
        gateway.stop();
    }

    @Test
    void lookup_found_describesTheBlock() throws Exception {
        one.table = address -> Optional.of(
                new AddressBlock("10.0.0.0/8", "a \"name\" \\ \t", "RFC1918", GloballyReachable.NO));
        one.register();
        HttpResponse<String> response = get("/lookup?address=10.0.0.1");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(response.body())
                .isEqualTo("{\"address\":\"10.0.0.1\",\"found\":true,\"prefix\":\"10.0.0.0/8\","
                        + "\"name\":\"a \\\"name\\\" \\\\ \\u0009\",\"rfc\":\"RFC1918\","
                        + "\"globallyReachable\":false,\"provider\":1}");
    }

    @Test
    void lookup_notApplicable_isNull() throws Exception {
        one.table = address ->
                Optional.of(new AddressBlock("2002::/16", "6to4", "RFC3056", GloballyReachable.NOT_APPLICABLE));
        one.register();

        assertThat(get("/lookup?address=10.0.0.1").body()).contains("\"globallyReachable\":null,");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&async=true"})
    void lookup_inNoBlock_saysSo(String async) throws Exception {
        one.table = address -> Optional.empty();
        one.stage.complete(Optional.empty());
        one.register();
        HttpResponse<String> response = get("/lookup?address=8.8.8.8" + async);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{\"address\":\"8.8.8.8\",\"found\":false,\"provider\":1}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/lookup",
                "/lookup?",
                "/lookup?address",
                "/lookup?address=",
                "/lookup?other=10.0.0.1",
                "/lookup?address=localhost",
                "/lookup?address=1.2.3",
                "/lookup?address=%22%5C%0A",
                "/lookup?address=10.0.0.1%20",
                "/lookup?address=[::1]"
            })
    void lookup_noAddress_isBadRequest(String path) throws Exception {
        one.register();
        HttpResponse<String> response = get(path.replace("[", "%5B").replace("]", "%5D"));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).startsWith("{\"error\":\"address=").endsWith("expected\"}");
        assertThat(one.calls).hasValue(0);
    }

    @Test
    void lookup_oversizeAddress_isBadRequestAndNotEchoed() throws Exception {
        HttpResponse<String> response = get("/lookup?address=" + "1".repeat(10_000));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).hasSizeLessThan(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1", "::1", "::1&async=true"})
    void lookup_nobodyServesIt_isUnavailableForASecond(String address) throws Exception {
        if (!address.equals("10.0.0.1")) {
            one.register();
        }
        HttpResponse<String> response = get("/lookup?address=" + address);

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).contains("1");
        assertThat(response.body()).startsWith("{\"error\":\"No attached provider takes the call of client");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/lookup/", "/lookups", "/other?address=10.0.0.1"})
    void otherPath_isNotFound(String path) throws Exception {
        assertThat(get(path).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "HEAD", "OPTIONS"})
    void otherMethod_isNotAllowed(String method) throws Exception {
        HttpRequest request = request("/lookup?address=10.0.0.1")
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).contains("GET");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&async=true"})
    void lookup_failedCall_isAnErrorWithItsMessage(String async) throws Exception {
        RuntimeException failure = new IllegalStateException("provider stopped in the middle of a call");
        one.table = address -> {
            throw failure;
        };
        one.stage.completeExceptionally(failure);
        one.register();
        HttpResponse<String> response = get("/lookup?address=10.0.0.1" + async);

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).isEqualTo("{\"error\":\"provider stopped in the middle of a call\"}");
    }

    @Test
    void status_listsTheProviders() throws Exception {
        one.register();
        rig.provider(2, IPV6).register();

        assertThat(get("/status").body())
                .isEqualTo("{\"providers\":["
                        + "{\"provider\":2,\"families\":[\"IPV6\"],\"inProgress\":0},"
                        + "{\"provider\":1,\"families\":[\"IPV4\"],\"inProgress\":0}]}");
    }

    @Test
    void lookup_64AtATime_areInProgressTogether() throws Exception {
        CyclicBarrier together = new CyclicBarrier(64);
        one.table = address -> {
            try {
                together.await(30, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            return Optional.empty();
        };
        one.register();

        for (CompletableFuture<HttpResponse<String>> response : getAll(64, "/lookup?address=10.0.0.1")) {
            assertThat(response.get().statusCode()).isEqualTo(200);
        }
    }

    @Test
    void lookupAsync_parksNoThread() throws Exception {
        one.register();
        List<CompletableFuture<HttpResponse<String>>> responses = getAll(150, "/lookup?address=10.0.0.1&async=true");
        Rig.await(() -> Rig.inProgress(client) == 150);

        assertThat(get("/lookup?address=10.0.0.1").statusCode()).isEqualTo(200);
        one.stage.complete(Optional.empty());
        for (CompletableFuture<HttpResponse<String>> response : responses) {
            assertThat(response.get().statusCode()).isEqualTo(200);
        }
    }

    @Test
    void stop_requestInProgress_isAnsweredFirst() throws Exception {
        one.register();
        CompletableFuture<HttpResponse<String>> response =
                getAll(1, "/lookup?address=10.0.0.1&async=true").get(0);
        Rig.await(() -> Rig.inProgress(client) == 1);
        one.deregister();
        CountDownLatch stopping = new CountDownLatch(1);
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(() -> {
            stopping.countDown();
            gateway.stop();
        });
        stopping.await();
        one.stage.complete(Optional.empty());

        assertThat(response.get().statusCode()).isEqualTo(200);
        stopped.get();
        assertThatThrownBy(() -> get("/status")).isInstanceOf(ConnectException.class);
    }

    @Test
    void stop_freesThePortAtOnce() throws Exception {
        int port = gateway.port();
        for (int i = 0; i < 20; i++) {
            gateway.stop();
            gateway = new Gateway(port, client);
            gateway.start();
            assertThat(get("/status").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void port_badValue_isTheDefault() {
        assertThat(Activator.port(null)).isEqualTo(8080);
        assertThat(Activator.port("0")).isZero();
        assertThat(Activator.port("65535")).isEqualTo(65535);
        assertThat(Activator.port("65536")).isEqualTo(8080);
        assertThat(Activator.port("-1")).isEqualTo(8080);
        assertThat(Activator.port("http")).isEqualTo(8080);
    }

    @Test
    void patience_badValue_isTheDefault() {
        assertThat(Activator.patience(null)).hasSeconds(5);
        assertThat(Activator.patience("0")).isZero();
        assertThat(Activator.patience("60000")).hasMinutes(1);
        assertThat(Activator.patience("60001")).hasSeconds(5);
        assertThat(Activator.patience("5s")).hasSeconds(5);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    private List<CompletableFuture<HttpResponse<String>>> getAll(int count, String path) {
        List<CompletableFuture<HttpResponse<String>>> responses = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            responses.add(http.sendAsync(request(path).build(), HttpResponse.BodyHandlers.ofString()));
        }
        return responses;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + path));
    }
}
