package io.nmr.metrics;

import io.nmr.api.runtime.RegistrarEvent;
import io.nmr.api.runtime.RegistrarListener;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.Locale;

/** How long drains took, by outcome, from the events of their ends. */
final class DrainSeconds implements RegistrarListener {

    private static final double NANOS = Duration.ofSeconds(1).toNanos();

    private final Histogram seconds;

    DrainSeconds(PrometheusRegistry registry) {
        seconds = Histogram.builder()
                .name("nmr_drain_seconds")
                .help("How long stops and unregistrations waited for bindings to detach")
                .labelNames("outcome")
                .classicOnly()
                // with them the library starts a thread, which nobody ends with the bundle
                .withoutExemplars()
                .classicUpperBounds(0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60)
                .register(registry);
        outcome(RegistrarEvent.OfDrain.Kind.DRAINED);
        outcome(RegistrarEvent.OfDrain.Kind.GIVEN_UP);
    }

    /** From the first scrape on, so that the first drain is an increase. */
    private void outcome(RegistrarEvent.OfDrain.Kind kind) {
        seconds.initLabelValues(label(kind));
    }

    private static String label(RegistrarEvent.OfDrain.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void event(RegistrarEvent event) {
        if (event instanceof RegistrarEvent.OfDrain drain && ends(drain.kind())) {
            seconds.labelValues(label(drain.kind())).observe(drain.took().toNanos() / NANOS);
        }
    }

    private static boolean ends(RegistrarEvent.OfDrain.Kind kind) {
        return switch (kind) {
            case BEGUN -> false;
            case DRAINED, GIVEN_UP -> true;
        };
    }
}
