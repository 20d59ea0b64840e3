package io.nmr.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Answers in one of the two text formats. The library's own server answers with an error where a scraper prefers protobuf,
 * which is left out here for its size.
 */
final class Scrapes implements HttpHandler {

    static final String PATH = "/metrics";

    private static final String HEAD = "HEAD";
    private static final List<String> METHODS = List.of("GET", HEAD);
    /** To the server: no body follows. */
    private static final int NO_BODY = -1;

    private static final System.Logger LOG = System.getLogger(Scrapes.class.getName());

    private final PrometheusRegistry registry;
    private final ExpositionFormatWriter openMetrics = OpenMetricsTextFormatWriter.create();
    private final ExpositionFormatWriter text = PrometheusTextFormatWriter.create();

    Scrapes(PrometheusRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!PATH.equals(exchange.getRequestURI().getPath())) {
                answer(exchange, 404, "there is only " + PATH + "\n");
            } else if (!METHODS.contains(exchange.getRequestMethod())) {
                exchange.getResponseHeaders().set("Allow", String.join(", ", METHODS));
                answer(exchange, 405, "GET expected\n");
            } else {
                scrape(exchange);
            }
        }
    }

    private void scrape(HttpExchange exchange) throws IOException {
        ExpositionFormatWriter writer = writer(exchange.getRequestHeaders().getFirst("Accept"));
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try {
            writer.write(body, registry.scrape());
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "The metrics could not be collected", e);
            answer(exchange, 500, "the metrics could not be collected; see the log\n");
            return;
        }
        answer(exchange, 200, writer.getContentType(), body.toByteArray());
    }

    private ExpositionFormatWriter writer(String accept) {
        return openMetrics.accepts(accept) ? openMetrics : text;
    }

    private static void answer(HttpExchange exchange, int status, String message) throws IOException {
        answer(exchange, status, "text/plain; charset=utf-8", message.getBytes(StandardCharsets.UTF_8));
    }

    private static void answer(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        boolean headAlone = HEAD.equals(exchange.getRequestMethod());
        exchange.sendResponseHeaders(status, headAlone ? NO_BODY : body.length);
        if (!headAlone) {
            exchange.getResponseBody().write(body);
        }
    }
}
