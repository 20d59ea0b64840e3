package io.nmr.engine;

/**
 * The effects of one commit, and what it has to tell of. Collected under the lock of the NPI, where it is also decided who
 * gets each: a thread that waits for one of the two modules, its own module's first, so that the end of a binding runs
 * there and not on the thread that happened to finish the last call (T2); or else the executor, called by the committing
 * thread, for which it stands in this line.
 */
final class Effects extends EffectLine {

    private final EngineSettings settings;
    private boolean hasLinedUp;

    /** Read once for a commit: what it does, it does at one moment. */
    private long now;

    private boolean hasRead;

    Effects(EngineSettings settings) {
        this.settings = settings;
    }

    void add(Effect effect, NetworkModule own, NetworkModule other) {
        Waiter waiter = own.waiter();
        if (waiter == null && other != null) {
            waiter = other.waiter();
        }
        if (waiter == null || !waiter.hand(effect)) {
            add(effect);
        }
    }

    /** Counts and lines up, under the lock, what has happened to a module. */
    void tell(EngineEvent.OfModule.Kind kind, NetworkModule module) {
        assert module.npi.isLocked();
        EngineEvents events = settings.events();
        if (events != null) {
            try {
                if (events.isToBeTold(kind)) {
                    lineUp(new EngineEvent.OfModule(now(), kind, module.calledNow()));
                }
            } catch (OutOfMemoryError e) {
                events.leaveOut(); // the commit must not be left half way for it
            }
        }
    }

    /** Counts and lines up, under the lock, what has happened to a binding. */
    void tell(EngineEvent.OfBinding.Kind kind, Binding binding) {
        assert binding.npi().isLocked();
        EngineEvents events = settings.events();
        if (events != null) {
            try {
                if (events.isToBeTold(kind)) {
                    lineUp(event(kind, binding));
                }
            } catch (OutOfMemoryError e) {
                events.leaveOut();
            }
        }
    }

    private EngineEvent event(EngineEvent.OfBinding.Kind kind, Binding binding) {
        return new EngineEvent.OfBinding(
                now(),
                kind,
                binding.id,
                binding.client().module.calledNow(),
                binding.provider.module.calledNow(),
                binding.leavingNanos(now()));
    }

    /** The moment of the commit, in nanoseconds of the injected clock. */
    long now() {
        if (!hasRead) {
            now = settings.nanoTime().getAsLong();
            hasRead = true;
        }
        return now;
    }

    private void lineUp(EngineEvent event) {
        settings.events().lineUp(event);
        hasLinedUp = true;
    }

    /** Ends a commit: has what is lined up told, with no lock held. */
    void tell() {
        hasRead = false;
        if (hasLinedUp) {
            hasLinedUp = false;
            settings.events().tellAll();
        }
    }

    void perform() {
        performAll(settings, this);
    }

    /** Each of them, whatever becomes of the others; what one of them threw is thrown at the end. */
    static void performAll(EngineSettings settings, EffectLine line) {
        Throwable failure = null;
        for (Effect effect = line.poll(); effect != null; effect = line.poll()) {
            try {
                perform(settings, effect);
            } catch (RuntimeException | Error e) {
                failure = e;
            }
        }
        if (failure instanceof Error error) {
            throw error;
        } else if (failure instanceof RuntimeException exception) {
            throw exception;
        }
    }

    /** Gives an effect to the executor; an executor that fails loses nothing. */
    static void perform(EngineSettings settings, Effect effect) {
        try {
            settings.executor().execute(effect);
        } catch (Throwable t) {
            reportRejected(settings, effect, t);
            effect.run();
        }
    }

    private static void reportRejected(EngineSettings settings, Effect effect, Throwable thrown) {
        try {
            settings.report(new Incident(
                    Incident.Kind.EFFECT_REJECTED,
                    "T2",
                    effect.module(),
                    "The executor failed to take " + effect + "; it is performed on this thread",
                    thrown));
        } catch (OutOfMemoryError e) {
            // There is nothing left to tell it with; the effect is worth more than the report.
        }
    }
}
