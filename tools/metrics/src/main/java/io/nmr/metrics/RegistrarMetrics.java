package io.nmr.metrics;

import io.nmr.api.runtime.BindingSnapshot;
import io.nmr.api.runtime.BindingState;
import io.nmr.api.runtime.Counters;
import io.nmr.api.runtime.ModuleState;
import io.nmr.api.runtime.RegistrarRuntime;
import io.nmr.api.runtime.Role;
import io.nmr.api.runtime.SideSnapshot;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * The registrar's metrics, read from it at each scrape. Without a registrar there are none but {@code nmr_registrar_up},
 * which is then 0, and the drain times so far.
 */
final class RegistrarMetrics {

    private final Supplier<RegistrarRuntime> registrar;
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final DrainSeconds drainSeconds;

    RegistrarMetrics(Supplier<RegistrarRuntime> registrar) {
        this.registrar = registrar;
        drainSeconds = new DrainSeconds(registry);
        GaugeWithCallback.builder()
                .name("nmr_registrar_up")
                .help("1 while the registrar runs, else 0")
                .callback(gauge -> gauge.call(registrar.get() == null ? 0 : 1))
                .register(registry);
        gauges();
        counters();
    }

    PrometheusRegistry registry() {
        return registry;
    }

    DrainSeconds drainSeconds() {
        return drainSeconds;
    }

    private void gauges() {
        gauge("nmr_modules", "Registered modules, and those that go with bindings left", this::modules, "npi", "role", "state");
        gauge("nmr_bindings", "Bindings, offers under way included", this::bindings, "npi", "state");
        gauge("nmr_bindings_overdue", "Bindings that nobody waits for any longer", this::overdue, "npi");
        gauge("nmr_calls_in_progress", "Tracked calls in progress, by the side that called", this::calls, "npi", "caller");
        gauge("nmr_drains", "Drains under way", (runtime, totals) -> totals.add(runtime.drains().size()));
    }

    private void counters() {
        counter("nmr_offers", "Providers offered to clients", Counters::offered);
        counter("nmr_refusals", "Offers that led to no binding", Counters::refused);
        counter("nmr_attachments", "Bindings that came to be", Counters::attached);
        counter("nmr_detachments", "Bindings that ended with both cleanups", Counters::detached);
        counter("nmr_overdue", "Bindings for which somebody stopped waiting", Counters::overdue);
        counter("nmr_abandoned_modules", "Modules for which somebody stopped waiting", Counters::abandoned);
        counter("nmr_dropped", "Overdue bindings that an operator dropped", Counters::dropped);
        counter("nmr_callback_failures", "Callbacks that threw", Counters::failedCallbacks);
        counter("nmr_protocol_errors", "What modules did against the protocol", Counters::protocolErrors);
        counter("nmr_possible_deadlocks", "Waits refused because they could not have ended", Counters::possibleDeadlocks);
    }

    private void modules(RegistrarRuntime runtime, Totals totals) {
        runtime.modules().forEach(module -> {
            totals.start(ModuleState.values(), module.module().npiName(), module.module().role());
            totals.add(1, module.module().npiName(), module.module().role(), module.state());
        });
    }

    private void bindings(RegistrarRuntime runtime, Totals totals) {
        runtime.modules().forEach(module -> totals.start(BindingState.values(), module.module().npiName()));
        runtime.bindings().forEach(binding -> totals.add(1, npi(binding), binding.state()));
    }

    private void overdue(RegistrarRuntime runtime, Totals totals) {
        runtime.modules().forEach(module -> totals.add(0, module.module().npiName()));
        runtime.bindings().stream().filter(BindingSnapshot::overdue).forEach(binding -> totals.add(1, npi(binding)));
    }

    private void calls(RegistrarRuntime runtime, Totals totals) {
        runtime.modules().forEach(module -> totals.start(Role.values(), module.module().npiName()));
        runtime.bindings().stream()
                .flatMap(binding -> binding.sides().stream())
                .filter(side -> side.callsInProgress().isPresent())
                .forEach(side -> totals.add(calls(side), side.module().npiName(), side.module().role()));
    }

    private static long calls(SideSnapshot side) {
        return side.callsInProgress().orElse(0);
    }

    private static String npi(BindingSnapshot binding) {
        return binding.client().module().npiName();
    }

    private void gauge(String name, String help, Reading reading, String... labels) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames(labels)
                .callback(gauge -> read(reading).forEach(gauge::call))
                .register(registry);
    }

    private Totals read(Reading reading) {
        Totals totals = new Totals();
        RegistrarRuntime runtime = registrar.get();
        if (runtime != null) {
            reading.read(runtime, totals);
        }
        return totals;
    }

    private void counter(String name, String help, ToLongFunction<Counters> value) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .callback(counter -> read((runtime, totals) -> totals.add(value.applyAsLong(runtime.counters())))
                        .forEach(counter::call))
                .register(registry);
    }

    /** Reads one metric. */
    private interface Reading {

        void read(RegistrarRuntime runtime, Totals totals);
    }
}
