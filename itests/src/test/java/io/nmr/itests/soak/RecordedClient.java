package io.nmr.itests.soak;

import io.nmr.api.AttachResult;
import io.nmr.api.AttachResult.Attached;
import io.nmr.api.CallGate;
import io.nmr.api.ClientBindingHandle;
import io.nmr.api.ClientCharacteristics;
import io.nmr.api.NmrStatus;
import io.nmr.api.RegistrationInstance;
import io.nmr.itests.npi.Words;
import java.util.function.BiFunction;

/** A client between the registrar and another one, raw or typed: records all callbacks, and adds the misconduct. */
final class RecordedClient implements ClientCharacteristics {

    private final SoakModule module;
    private final ClientCharacteristics client;
    private final BiFunction<Words, Side, Words> recordingCalls;

    RecordedClient(SoakModule module, ClientCharacteristics client, BiFunction<Words, Side, Words> recordingCalls) {
        this.module = module;
        this.client = client;
        this.recordingCalls = recordingCalls;
    }

    @Override
    public RegistrationInstance clientRegistrationInstance() {
        return client.clientRegistrationInstance();
    }

    @Override
    public NmrStatus attachProvider(ClientBindingHandle handle, Object context, RegistrationInstance provider) {
        Side side = new Side(module, handle, provider.number());
        return side.recorder.attachProvider(() -> switch (module.conduct) {
            case THROWS_IN_ATTACH -> throw new IllegalStateException("thrown in a client's attach callback");
            case FICKLE -> {
                client.attachProvider(new Handle(side, handle), context, provider);
                yield NmrStatus.INSUFFICIENT_RESOURCES;
            }
            case CHOOSY -> module.conduct.binds(side.peer)
                    ? client.attachProvider(new Handle(side, handle), context, provider)
                    : NmrStatus.NOINTERFACE;
            case GOOD, THROWS_IN_DETACH, NONSENSE, THROWS_IN_CLEANUP, LATE, EARLY, TWICE, STUCK ->
                client.attachProvider(new Handle(side, handle), context, provider);
        });
    }

    @Override
    public void clientDeregistering() {
        module.recorder.deregistering(client::clientDeregistering);
    }

    @Override
    public NmrStatus detachProvider(Object bindingContext) {
        Side side = (Side) bindingContext;
        return side.recorder.detach(() -> side.detach(() -> client.detachProvider(side.context())));
    }

    @Override
    public void cleanupClientBindingContext(Object bindingContext) {
        Side side = (Side) bindingContext;
        side.cleanup(() -> client.cleanupClientBindingContext(side.context()));
    }

    /** The handle that the client behind sees. */
    final class Handle implements ClientBindingHandle {

        final Side side;
        private final ClientBindingHandle handle;

        private Handle(Side side, ClientBindingHandle handle) {
            this.side = side;
            this.handle = handle;
        }

        @Override
        public AttachResult attach(Object bindingContext, Object dispatch) {
            AttachResult result = handle.attach(side, dispatch);
            if (result instanceof Attached attached) {
                side.bound(bindingContext);
                Words words = recordingCalls.apply((Words) attached.dispatch(), side);
                return new Attached(attached.bindingContext(), words);
            }
            return result;
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
