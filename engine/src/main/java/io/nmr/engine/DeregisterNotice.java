package io.nmr.engine;

import java.util.concurrent.atomic.AtomicBoolean;

/** Tells a client that its deregistration begins (D1); the deregistration is not complete before. */
final class DeregisterNotice extends Effect {

    private final ClientModule module;
    private final AtomicBoolean claimed;

    DeregisterNotice(ClientModule module) {
        this(module, new AtomicBoolean());
    }

    private DeregisterNotice(ClientModule module, AtomicBoolean claimed) {
        this.module = module;
        this.claimed = claimed;
    }

    /** The same, for another line: whichever is performed first claims it. */
    Effect again() {
        return new DeregisterNotice(module, claimed);
    }

    @Override
    public void run() {
        // What takes memory comes before the claim: what is claimed comes to its end.
        CallbackChain.Frame frame = new CallbackChain.Frame(module);
        Effects effects = new Effects(module.npi.registry.settings);
        if (claimed.compareAndSet(false, true)) {
            try {
                tell(frame);
            } finally {
                commitTold(effects);
            }
        }
    }

    private void commitTold(Effects effects) {
        try {
            module.npi.commit(module, NetworkModule::told, effects);
        } finally {
            effects.perform();
        }
    }

    private void tell(CallbackChain.Frame frame) {
        frame.enter();
        try {
            module.characteristics().clientDeregistering();
        } catch (Throwable t) {
            module.npi.registry.settings.report(new Incident(
                    Incident.Kind.CALLBACK_FAILED,
                    "D1",
                    module.name,
                    "D1: clientDeregistering of " + module + " threw " + Thrown.describe(t) + "; the deregistration goes on",
                    t));
        } finally {
            frame.leave();
        }
    }

    @Override
    public Kind kind() {
        return Kind.DEREGISTER_NOTICE;
    }

    @Override
    public ModuleName module() {
        return module.name;
    }
}
