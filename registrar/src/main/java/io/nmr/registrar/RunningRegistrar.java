package io.nmr.registrar;

import io.nmr.api.runtime.BindingReport;
import io.nmr.api.runtime.BindingSnapshot;
import io.nmr.api.runtime.Counters;
import io.nmr.api.runtime.DrainSnapshot;
import io.nmr.api.runtime.DrainTimes;
import io.nmr.api.runtime.ModuleSnapshot;
import io.nmr.api.runtime.RegistrarEvent.OfBinding;
import io.nmr.api.runtime.RegistrarEvent.OfIncident;
import io.nmr.api.runtime.RegistrarEvent.OfModule;
import io.nmr.api.runtime.RegistrarRuntime;
import io.nmr.engine.RegistrarEngine;
import io.nmr.engine.spi.EngineEvents;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongPredicate;

/** The registrar as an operator sees it, for consoles and tools. */
final class RunningRegistrar implements RegistrarRuntime {

    private final RegistrarEngine engine;
    private final EngineEvents events;
    private final DrainJournal drains;
    private final Log log;

    RunningRegistrar(RegistrarEngine engine, EngineEvents events, DrainJournal drains, Log log) {
        this.engine = engine;
        this.events = events;
        this.drains = drains;
        this.log = log;
    }

    @Override
    public List<ModuleSnapshot> modules() {
        return engine.view().modules();
    }

    @Override
    public List<BindingSnapshot> bindings() {
        return engine.view().bindings();
    }

    @Override
    public Optional<BindingReport> binding(long id) {
        return engine.view().report(id);
    }

    @Override
    public List<DrainSnapshot> drains() {
        return drains.snapshots();
    }

    @Override
    public Counters counters() {
        return new Counters(
                events.countOf(OfBinding.Kind.OFFERED),
                events.countOf(OfBinding.Kind.ATTACHED),
                events.countOf(OfBinding.Kind.REFUSED),
                events.countOf(OfBinding.Kind.DETACHED),
                events.countOf(OfBinding.Kind.OVERDUE),
                events.countOf(OfModule.Kind.ABANDONED),
                events.countOf(OfBinding.Kind.DROPPED),
                events.countOf(OfIncident.Kind.CALLBACK_FAILED),
                events.countOf(OfIncident.Kind.PROTOCOL_ERROR),
                events.countOf(OfIncident.Kind.POSSIBLE_DEADLOCK));
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

    /** What an operator does to a binding is on record, with the names of its modules. */
    private boolean asked(long binding, LongPredicate operation, Consumer<String> logRecord) {
        String between = engine.view().binding(binding)
                .map(seen -> binding + " between " + seen.client().module() + " and " + seen.provider().module())
                .orElse(String.valueOf(binding));
        boolean done = operation.test(binding);
        if (done) {
            logRecord.accept(between);
        }
        return done;
    }
}
