package io.nmr.explore;

import io.nmr.api.NpiId;
import io.nmr.explore.Baton.Actor;
import io.nmr.history.Event;
import io.nmr.history.History;
import io.nmr.history.ModuleRecorder;
import io.nmr.history.Recorder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** One execution: an engine, modules, and actors who use them. */
final class World {

    /** How effects are performed. */
    enum Performing {
        /** On the thread that leads to them. */
        INLINE,
        /** Each by an actor of its own, in any order; an offer with its register waiting. */
        POOLED
    }

    private static final ExecutorService THREADS = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        return thread;
    });

    final NpiId npi = new NpiId(new UUID(0, 1));
    final Recorder recorder = new Recorder(this::tick, this::record);
    final Subject subject;
    final Baton baton;

    private final Performing performing;
    private final List<ScriptedModule> modules = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();
    private long clock;

    World(Subject.Factory engines, Performing performing, Choices choices) {
        this.performing = performing;
        this.baton = new Baton(THREADS, choices, this::state);
        this.subject = engines.engine(this::execute);
    }

    private synchronized long tick() {
        return ++clock;
    }

    private synchronized void record(Event event) {
        if (baton.isStuck()) {
            return;
        }
        events.add(event);
        Actor actor = baton.running();
        if (actor != null) {
            actor.did(event.kind().name());
            actor.did(event.outcome().name());
            actor.did(event.module().name());
            actor.did(event.binding());
        }
    }

    private void execute(String kind, String module, Runnable effect) {
        ModuleRecorder called = modules.stream()
                .filter(known -> known.name.equals(module))
                .findFirst()
                .orElseThrow()
                .recorder;
        Runnable performance = () -> {
            called.mark();
            effect.run();
        };
        if (performing == Performing.INLINE) {
            performance.run();
        } else {
            Actor actor = baton.spawn(kind + " of " + module, effect, performance);
            if (kind.equals("OFFER")) {
                baton.yieldUntil("registers while its offer is made", actor::hasEnded);
            }
        }
    }

    /** The hash of all that decides what can happen from here on. */
    private long state(List<Actor> actors) {
        List<Actor> alive = actors.stream()
                .filter(actor -> !actor.hasEnded())
                .sorted(Comparator.comparing((Actor actor) -> actor.name).thenComparing(Actor::trail))
                .toList();
        List<Object> roots = new ArrayList<>();
        roots.add(subject.heap());
        roots.add(modules);
        alive.forEach(actor -> roots.add(actor.performed));
        alive.forEach(actor -> roots.add(actor.name.hashCode() + actor.trail()));
        roots.add(baton.running().name);
        return Fingerprint.of(roots.toArray());
    }

    ScriptedClient client(String name, Conduct conduct) {
        return added(new ScriptedClient(this, name, conduct));
    }

    ScriptedProvider provider(String name, Conduct conduct) {
        return added(new ScriptedProvider(this, name, conduct));
    }

    private <M extends ScriptedModule> M added(M module) {
        modules.add(module);
        return module;
    }

    void actor(String name, Runnable script) {
        baton.spawn(name, null, script);
    }

    /** An actor that begins when all others have ended. */
    void lastActor(String name, Runnable script) {
        baton.spawn(name, null, () -> {
            baton.yieldUntil("waits for all others", baton::isAlone);
            script.run();
        });
    }

    synchronized History history() {
        return new History(events);
    }
}
