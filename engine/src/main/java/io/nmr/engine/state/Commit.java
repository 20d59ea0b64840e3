package io.nmr.engine.state;

import io.nmr.api.runtime.ModuleRef;
import io.nmr.api.runtime.RegistrarEvent.OfBinding;
import io.nmr.api.runtime.RegistrarEvent.OfModule;
import io.nmr.engine.spi.EngineSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Collects the effects and events of a commit under the lock of the NPI. It also decides there who gets each effect: a
 * thread that waits for one of the two modules, so that the end of a binding runs there and not on the thread of the last
 * call (T2); or else the executor, called by the committing thread once the lock is released.
 *
 * <p><b>Threading.</b> Used by the committing thread.
 */
public final class Commit {

    private final EngineSettings settings;
    private final Performer performer;
    private Queue<Effect> effects;
    private boolean hasEvents;

    /** One moment for all that a commit does; read when it is first asked for. */
    private long now;

    private boolean isNowKnown;

    /** A commit; several modules of one engine can share it, one after the other. */
    public Commit(NpiRegistry registry) {
        this.settings = registry.settings();
        this.performer = registry.performer();
    }

    /** Adds an effect; a thread that waits for {@code own} is preferred to one that waits for {@code other}, or null. */
    void add(Effect effect, NetworkModule own, NetworkModule other) {
        Waiter waiter = own.waiter() != null || other == null ? own.waiter() : other.waiter();
        if (waiter != null) {
            waiter.hand(effect);
        } else {
            enqueue(effect);
        }
    }

    private void enqueue(Effect effect) {
        if (effects == null) {
            effects = new ArrayDeque<>(4);
        }
        effects.add(effect);
    }

    void publish(OfModule.Kind kind, NetworkModule module) {
        if (settings.events().count(kind)) {
            Instant time = settings.at(now());
            ModuleRef ref = module.ref();
            settings.events().enqueue(number -> new OfModule(number, time, kind, ref));
            hasEvents = true;
        }
    }

    void publish(OfBinding.Kind kind, Binding binding) {
        if (settings.events().count(kind)) {
            Instant time = settings.at(now());
            ModuleRef client = binding.client().module().ref();
            ModuleRef provider = binding.provider().module().ref();
            Duration leavingFor = binding.leavingFor(now());
            settings.events().enqueue(number ->
                    new OfBinding(number, time, kind, binding.id(), client, provider, leavingFor));
            hasEvents = true;
        }
    }

    /** The moment of the commit, in nanoseconds of the injected clock. */
    long now() {
        if (!isNowKnown) {
            now = settings.nanoTime().getAsLong();
            isNowKnown = true;
        }
        return now;
    }

    /** The lock is released: events are told, and the next commit has a moment of its own. */
    void end() {
        isNowKnown = false;
        if (hasEvents) {
            hasEvents = false;
            settings.events().dispatch();
        }
    }

    /** Gives the effects to the executor. */
    public void perform() {
        while (effects != null && !effects.isEmpty()) {
            performer.execute(effects.poll());
        }
    }
}
