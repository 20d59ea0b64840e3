package io.nmr.engine.effects;

import io.nmr.api.AttachResult;
import io.nmr.api.ClientBindingHandle;
import io.nmr.api.ClientCharacteristics;
import io.nmr.api.runtime.RegistrarEvent.OfIncident.Kind;
import io.nmr.engine.spi.EffectTask;
import io.nmr.engine.spi.EngineSettings;
import io.nmr.engine.spi.Incident;
import io.nmr.engine.state.Effect;
import io.nmr.engine.state.HoldsUp;
import io.nmr.engine.state.NetworkModule;
import io.nmr.engine.state.Performer;
import io.nmr.engine.state.Side;

/**
 * The one place that knows what each kind of effect does.
 *
 * <p><b>Threading.</b> Any thread, with no lock held. An effect is claimed under the lock of its NPI before it is made, so
 * of two runs of one effect the second finds nothing to do.
 *
 * <p><b>Errors.</b> Exceptions of modules are contained and reported. If the executor throws, the effect runs on the calling
 * thread.
 */
public final class EffectPerformer implements Performer {

    /** The actions chained to a stage hold up no deregistration. */
    private static final HoldsUp NOTHING = module -> false;

    private final EngineSettings settings;

    public EffectPerformer(EngineSettings settings) {
        this.settings = settings;
    }

    @Override
    public void execute(EffectTask effect) {
        try {
            settings.executor().execute(effect);
        } catch (Throwable t) {
            settings.report(new Incident(
                    Kind.EFFECT_REJECTED,
                    "T2",
                    effect.module(),
                    "The executor failed to take " + effect + "; it is performed on this thread",
                    t));
            run(effect);
        }
    }

    @Override
    public void run(EffectTask task) {
        Effect effect = (Effect) task;
        switch (effect.kind()) {
            case OFFER -> Attachment.offer(effect.side().binding());
            case DEREGISTER_NOTICE -> giveNotice(effect.target());
            case DETACH_NOTICE -> Detachment.detach(effect.side());
            case CLEANUP -> Detachment.cleanUp(effect.side());
            case STAGE -> CallbackChain.run(NOTHING, effect.target()::completeStage);
        }
    }

    @Override
    public AttachResult attach(ClientBindingHandle client, Object context, Object dispatch) {
        return Attachment.attach((Side) client, context, dispatch);
    }

    /** Tells a client that its deregistration begins (D1). */
    private void giveNotice(NetworkModule client) {
        if (client.claimNotice()) {
            ClientCharacteristics callbacks = (ClientCharacteristics) client.declaration().callbacks();
            Outcome<Void> outcome = Outcome.ofRun(client, callbacks::clientDeregistering);
            if (outcome.thrown() != null) {
                reportNotice(client, outcome);
            }
            client.noticed();
        }
    }

    private void reportNotice(NetworkModule client, Outcome<Void> outcome) {
        settings.report(new Incident(
                Kind.CALLBACK_FAILED,
                "D1",
                client.ref(),
                "D1: clientDeregistering of " + client + " " + outcome.describe() + "; the deregistration goes on",
                outcome.thrown()));
    }
}
