package io.nmr.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.nmr.api.runtime.BundleRef;
import io.nmr.api.runtime.FakeRuntime;
import io.nmr.api.runtime.ModuleRef;
import io.nmr.api.runtime.RegistrarEvent;
import io.nmr.api.runtime.RegistrarRuntime;
import io.nmr.api.runtime.Role;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RegistrarMetricsTest {

    private final FakeRuntime fake = new FakeRuntime();
    private RegistrarRuntime runtime = fake;
    private final RegistrarMetrics metrics = new RegistrarMetrics(() -> runtime);
    private final HttpClient http = HttpClient.newHttpClient();
    private Endpoint endpoint;

    @BeforeEach
    void open() throws IOException {
        endpoint = Endpoint.open(0, metrics.registry());
    }

    @AfterEach
    void close() {
        endpoint.close();
    }

    private HttpResponse<String> get(String accept) throws IOException, InterruptedException {
        URI uri = URI.create("http://localhost:" + endpoint.port() + "/metrics");
        return http.send(HttpRequest.newBuilder(uri).header("Accept", accept).build(), HttpResponse.BodyHandlers.ofString());
    }

    private List<String> scrape() throws IOException, InterruptedException {
        HttpResponse<String> response = get("text/plain");
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body().lines().filter(line -> !line.startsWith("#")).toList();
    }

    @Test
    void gauges_areReadAtEachScrape() throws Exception {
        fake.draining();
        assertThat(scrape()).contains(
                "nmr_registrar_up 1.0",
                "nmr_drains 1.0",
                "nmr_modules{npi=\"address lookup\",role=\"client\",state=\"registered\"} 1.0",
                "nmr_modules{npi=\"address lookup\",role=\"provider\",state=\"deregistering\"} 1.0",
                "nmr_bindings{npi=\"address lookup\",state=\"detaching\"} 1.0",
                "nmr_bindings{npi=\"address lookup\",state=\"attached\"} 0.0",
                "nmr_bindings_overdue{npi=\"address lookup\"} 0.0",
                "nmr_calls_in_progress{caller=\"client\",npi=\"address lookup\"} 1.0");
        fake.abandon(1);
        fake.drains.clear();
        assertThat(scrape()).contains("nmr_drains 0.0", "nmr_bindings_overdue{npi=\"address lookup\"} 1.0");
    }

    @Test
    void counters_areThoseOfTheRegistrar() throws Exception {
        assertThat(scrape()).contains(
                "nmr_offers_total 9.0",
                "nmr_attachments_total 7.0",
                "nmr_refusals_total 2.0",
                "nmr_detachments_total 5.0",
                "nmr_overdue_total 1.0",
                "nmr_abandoned_modules_total 1.0",
                "nmr_dropped_total 0.0",
                "nmr_callback_failures_total 3.0",
                "nmr_protocol_errors_total 4.0",
                "nmr_possible_deadlocks_total 6.0");
    }

    private static RegistrarEvent drain(RegistrarEvent.OfDrain.Kind kind, long millis) {
        return new RegistrarEvent.OfDrain(1, FakeRuntime.MORNING, kind, 1, "b", Duration.ofMillis(millis), 1, 0);
    }

    @Test
    void drainTimes_areAHistogram_fromTheEventsOfTheirEnds() throws Exception {
        assertThat(scrape()).contains("nmr_drain_seconds_count{outcome=\"drained\"} 0", "nmr_drain_seconds_count{outcome=\"given_up\"} 0");
        metrics.drainSeconds().event(drain(RegistrarEvent.OfDrain.Kind.BEGUN, 0));
        metrics.drainSeconds().event(drain(RegistrarEvent.OfDrain.Kind.DRAINED, 2030));
        metrics.drainSeconds().event(drain(RegistrarEvent.OfDrain.Kind.GIVEN_UP, 20_000));
        assertThat(scrape()).contains(
                "nmr_drain_seconds_bucket{outcome=\"drained\",le=\"1.0\"} 0",
                "nmr_drain_seconds_bucket{outcome=\"drained\",le=\"2.5\"} 1",
                "nmr_drain_seconds_sum{outcome=\"drained\"} 2.03",
                "nmr_drain_seconds_count{outcome=\"given_up\"} 1");
    }

    /** Nobody would end it with the bundle, whose class loader it would keep. */
    @Test
    void theLibrary_startsNoThread() {
        metrics.drainSeconds().event(drain(RegistrarEvent.OfDrain.Kind.DRAINED, 1));
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.contains("prometheus"));
    }

    @Test
    void otherEvents_areNoDrains() throws Exception {
        metrics.drainSeconds().event(new RegistrarEvent.OfModule(
                1, FakeRuntime.MORNING, RegistrarEvent.OfModule.Kind.REGISTERED, FakeRuntime.OLD));
        assertThat(scrape()).contains("nmr_drain_seconds_count{outcome=\"drained\"} 0");
    }

    @Test
    void withoutRegistrar_onlyThatIsTold() throws Exception {
        runtime = null;
        assertThat(scrape()).contains("nmr_registrar_up 0.0").noneMatch(line -> line.startsWith("nmr_offers"));
    }

    @Test
    void npisOfOneName_areAddedUp() throws Exception {
        ModuleRef namesake = new ModuleRef(
                9, Role.CLIENT, "another id", FakeRuntime.CLIENT.npiName(), "m", 1, new BundleRef(20, "b", "1.0.0"));
        fake.modules.add(FakeRuntime.registered(FakeRuntime.CLIENT, 0));
        fake.modules.add(FakeRuntime.registered(namesake, 0));
        assertThat(scrape()).contains("nmr_modules{npi=\"address lookup\",role=\"client\",state=\"registered\"} 2.0");
    }

    /** What scrapers ask for: OpenMetrics, and protobuf, which is not embedded. */
    @Test
    void otherFormats_areServedOrReplaced() throws Exception {
        assertThat(get("application/openmetrics-text; version=1.0.0").body()).endsWith("# EOF\n");
        HttpResponse<String> instead = get("application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited");
        assertThat(instead.statusCode()).isEqualTo(200);
        assertThat(instead.headers().firstValue("Content-Type")).hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
    }

    @Test
    void otherRequests_areRefused() throws Exception {
        URI root = URI.create("http://localhost:" + endpoint.port() + "/");
        assertThat(status(HttpRequest.newBuilder(root))).isEqualTo(404);
        assertThat(status(HttpRequest.newBuilder(root.resolve("/metrics")).DELETE())).isEqualTo(405);
    }

    /** As health checks of containers ask; the server complains in the log of a body that is announced there. */
    @Test
    void head_isAnsweredWithoutABody() throws Exception {
        URI uri = URI.create("http://localhost:" + endpoint.port() + "/metrics");
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(uri).method("HEAD", HttpRequest.BodyPublishers.noBody()).build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
        assertThat(response.headers().firstValue("Content-Type")).hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
        assertThat(scrape()).contains("nmr_registrar_up 1.0");
    }

    private int status(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    @Test
    void scrapeThatFails_isAnswered() throws Exception {
        runtime = (RegistrarRuntime) java.lang.reflect.Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {RegistrarRuntime.class}, (proxy, method, arguments) -> {
                    throw new IllegalStateException("on purpose");
                });
        assertThat(get("text/plain").statusCode()).isEqualTo(500);
    }

    @Test
    void takenPort_isSaid() {
        assertThatIOException()
                .isThrownBy(() -> Endpoint.open(endpoint.port(), metrics.registry()))
                .withMessage("The metrics cannot be served on port " + endpoint.port() + ", see the property nmr.metrics.port");
    }

    @Test
    void port_isReadOrKept() {
        assertThat(Endpoint.port(null)).isEqualTo(9464);
        assertThat(Endpoint.port("0")).isZero();
        assertThat(Endpoint.port("65536")).isEqualTo(9464);
        assertThat(Endpoint.port("many")).isEqualTo(9464);
    }
}
