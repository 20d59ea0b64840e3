package io.nmr.jmx;

import io.nmr.api.runtime.BindingSnapshot;
import io.nmr.api.runtime.RegistrarRuntime;
import java.util.Objects;

/** The read model as attributes and operations. */
final class RegistrarView implements RegistrarMXBean {

    private final RegistrarRuntime runtime;

    RegistrarView(RegistrarRuntime runtime) {
        this.runtime = runtime;
    }

    @Override
    public ModuleData[] getModules() {
        return runtime.modules().stream().map(ModuleData::new).toArray(ModuleData[]::new);
    }

    @Override
    public BindingData[] getBindings() {
        return runtime.bindings().stream().map(BindingData::new).toArray(BindingData[]::new);
    }

    @Override
    public DrainData[] getDrains() {
        return runtime.drains().stream().map(DrainData::new).toArray(DrainData[]::new);
    }

    @Override
    public CountersData getCounters() {
        return new CountersData(runtime.counters());
    }

    @Override
    public DrainTimesData getDrainTimes() {
        return new DrainTimesData(runtime.drainTimes());
    }

    @Override
    public int getModuleCount() {
        return runtime.modules().size();
    }

    @Override
    public int getBindingCount() {
        return runtime.bindings().size();
    }

    @Override
    public int getDrainCount() {
        return runtime.drains().size();
    }

    @Override
    public long getOverdueCount() {
        return runtime.bindings().stream().filter(BindingSnapshot::overdue).count();
    }

    @Override
    public long getCallsInProgress() {
        return runtime.bindings().stream()
                .flatMap(binding -> binding.sides().stream())
                .map(SideCalls::of)
                .filter(Objects::nonNull)
                .mapToLong(Long::longValue)
                .sum();
    }

    @Override
    public BindingReportData binding(long id) {
        return runtime.binding(id)
                .map(BindingReportData::new)
                .orElseThrow(() -> new IllegalArgumentException("no binding " + id + ", or none any more; there are: "
                        + runtime.bindings().stream().map(BindingSnapshot::id).toList()));
    }

    @Override
    public boolean abandon(long id) {
        return runtime.abandon(id);
    }

    @Override
    public boolean drop(long id) {
        return runtime.drop(id);
    }
}
