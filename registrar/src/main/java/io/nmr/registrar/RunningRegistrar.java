package io.nmr.registrar;

import io.nmr.api.runtime.BindingReport;
import io.nmr.api.runtime.BindingSnapshot;
import io.nmr.api.runtime.Counters;
import io.nmr.api.runtime.DrainSnapshot;
import io.nmr.api.runtime.DrainTimes;
import io.nmr.api.runtime.ModuleSnapshot;
import io.nmr.api.runtime.RegistrarRuntime;
import io.nmr.engine.EngineEvent.OfBinding;
import io.nmr.engine.EngineEvent.OfModule;
import io.nmr.engine.EngineEvents;
import io.nmr.engine.RegistrarEngine;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongPredicate;

/** The registrar as an operator sees it, for consoles and tools. */
final class RunningRegistrar implements RegistrarRuntime {

    private final RegistrarEngine engine;
    private final EngineEvents events;
    private final IncidentCounts incidents;
    private final Drains drains;
    private final Snapshots snapshots;
    private final Log log;

    RunningRegistrar(
            RegistrarEngine engine,
            EngineEvents events,
            IncidentCounts incidents,
            Drains drains,
            WallClock clock,
            Log log) {
        this.engine = engine;
        this.events = events;
        this.incidents = incidents;
        this.drains = drains;
        this.snapshots = new Snapshots(clock);
        this.log = log;
    }

    @Override
    public List<ModuleSnapshot> modules() {
        return engine.view().modules().stream().map(snapshots::module).toList();
    }

    @Override
    public List<BindingSnapshot> bindings() {
        return engine.view().bindings().stream().map(Snapshots::binding).toList();
    }

    @Override
    public Optional<BindingReport> binding(long id) {
        return engine.view().binding(id).map(binding -> new BindingReport(
                Snapshots.binding(binding),
                engine.view().threadsInCalls(id).stream().map(Snapshots::call).toList()));
    }

    @Override
    public List<DrainSnapshot> drains() {
        return drains.snapshots();
    }

    @Override
    public Counters counters() {
        return new Counters(
                events.count(OfBinding.Kind.OFFERED),
                events.count(OfBinding.Kind.ATTACHED),
                events.count(OfBinding.Kind.REFUSED),
                events.count(OfBinding.Kind.DETACHED),
                events.count(OfBinding.Kind.OVERDUE),
                events.count(OfModule.Kind.ABANDONED),
                events.count(OfBinding.Kind.DROPPED),
                incidents.failedCallbacks(),
                incidents.protocolErrors(),
                incidents.possibleDeadlocks());
    }

    @Override
    public DrainTimes drainTimes() {
        return drains.times();
    }

    @Override
    public boolean abandon(long binding) {
        return asked(binding, engine::abandon, log::abandoned);
    }

    @Override
    public boolean drop(long binding) {
        return asked(binding, engine::drop, log::dropped);
    }

    /** Whatever an operator does to a binding is on record, with whose it was. */
    private boolean asked(long binding, LongPredicate operation, Consumer<String> record) {
        String between = engine.view().binding(binding)
                .map(seen -> binding + " between " + seen.client().module() + " and " + seen.provider().module())
                .orElse(String.valueOf(binding));
        boolean done = operation.test(binding);
        if (done) {
            record.accept(between);
        }
        return done;
    }
}
