package io.nmr.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * The effects of one commit. Collected under the lock of the NPI, where it is also decided who gets each: a thread that
 * waits for one of the two modules, its own module's first, so that the end of a binding runs there and not on the
 * thread that happened to finish the last call (T2); or else the executor, called by the committing thread.
 */
final class Effects {

    private final EngineSettings settings;
    private List<Effect> forExecutor = List.of();

    Effects(EngineSettings settings) {
        this.settings = settings;
    }

    void add(Effect effect, NetworkModule own, NetworkModule other) {
        Waiter waiter = own.waiter();
        if (waiter == null && other != null) {
            waiter = other.waiter();
        }
        if (waiter != null) {
            waiter.hand(effect);
        } else {
            append(effect);
        }
    }

    private void append(Effect effect) {
        if (forExecutor.isEmpty()) {
            forExecutor = new ArrayList<>(2);
        }
        forExecutor.add(effect);
    }

    void perform() {
        for (Effect effect : forExecutor) {
            perform(settings, effect);
        }
    }

    /** Gives an effect to the executor; an executor that fails loses nothing. */
    static void perform(EngineSettings settings, Effect effect) {
        try {
            settings.executor().execute(effect);
        } catch (Throwable t) {
            settings.report(new Incident(
                    Incident.Kind.EFFECT_REJECTED,
                    "T2",
                    effect.module(),
                    "The executor failed to take " + effect + "; it is performed on this thread",
                    t));
            effect.run();
        }
    }
}
