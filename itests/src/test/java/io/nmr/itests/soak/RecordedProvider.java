package io.nmr.itests.soak;

import io.nmr.api.AttachResult;
import io.nmr.api.AttachResult.Attached;
import io.nmr.api.AttachResult.Refused;
import io.nmr.api.CallGate;
import io.nmr.api.NmrStatus;
import io.nmr.api.ProviderBindingHandle;
import io.nmr.api.ProviderCharacteristics;
import io.nmr.api.RegistrationInstance;
import io.nmr.itests.npi.WordsListener;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** A provider between the registrar and another one, raw or typed: records all callbacks, and adds the misconduct. */
final class RecordedProvider implements ProviderCharacteristics {

    private final SoakModule module;
    private final ProviderCharacteristics provider;
    private final BiFunction<WordsListener, Side, WordsListener> recordingCalls;

    RecordedProvider(
            SoakModule module,
            ProviderCharacteristics provider,
            BiFunction<WordsListener, Side, WordsListener> recordingCalls) {
        this.module = module;
        this.provider = provider;
        this.recordingCalls = recordingCalls;
    }

    @Override
    public RegistrationInstance providerRegistrationInstance() {
        return provider.providerRegistrationInstance();
    }

    @Override
    public AttachResult attachClient(
            ProviderBindingHandle handle,
            Object context,
            RegistrationInstance client,
            Object clientContext,
            Object clientDispatch) {
        Side side = new Side(module, handle, client.number());
        WordsListener listener = clientDispatch instanceof WordsListener its ? recordingCalls.apply(its, side) : null;
        return side.recorder.attachClient(() -> attach(side, () ->
                provider.attachClient(new Handle(side), context, client, clientContext, listener)));
    }

    private AttachResult attach(Side side, Supplier<AttachResult> attaching) {
        return switch (module.conduct) {
            case THROWS_IN_ATTACH -> throw new IllegalStateException("thrown in a provider's attach callback");
            case FICKLE -> new Attached(side, null);
            case CHOOSY -> module.conduct.binds(side.peer)
                    ? accepted(side, attaching.get())
                    : new Refused(NmrStatus.NOINTERFACE);
            case GOOD, THROWS_IN_DETACH, NONSENSE, THROWS_IN_CLEANUP, LATE, EARLY, TWICE, STUCK ->
                accepted(side, attaching.get());
        };
    }

    private static AttachResult accepted(Side side, AttachResult result) {
        if (result instanceof Attached attached) {
            side.bound(attached.bindingContext());
            return new Attached(side, attached.dispatch());
        }
        return result;
    }

    @Override
    public NmrStatus detachClient(Object bindingContext) {
        Side side = (Side) bindingContext;
        return side.recorder.detach(() -> side.detach(() -> provider.detachClient(side.context())));
    }

    @Override
    public void cleanupProviderBindingContext(Object bindingContext) {
        Side side = (Side) bindingContext;
        side.cleanup(() -> provider.cleanupProviderBindingContext(side.context()));
    }

    /** The handle that the provider behind sees. */
    static final class Handle implements ProviderBindingHandle {

        final Side side;

        private Handle(Side side) {
            this.side = side;
        }

        @Override
        public void announce(CallGate.Closer gate) {
            side.announce(gate);
        }

        @Override
        public void detachComplete() {
            side.complete();
        }
    }
}
