package io.nmr.typed;

import io.nmr.api.AttachResult;
import io.nmr.api.AttachResult.Attached;
import io.nmr.api.BindingHandle;
import io.nmr.api.CallGate;
import io.nmr.api.ClientBindingHandle;
import io.nmr.api.ClientCharacteristics;
import io.nmr.api.NmrStatus;
import io.nmr.api.ProviderBindingHandle;
import io.nmr.api.ProviderCharacteristics;
import io.nmr.api.RegistrationInstance;
import io.nmr.history.BindingRecorder;
import io.nmr.history.CallRecorder;
import io.nmr.history.ModuleRecorder;
import java.io.IOException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Records what happens between typed modules and the registrar: the callbacks, the completions, and some of the client's
 * calls, inside its gate. The name of a module is its role and number.
 */
final class Recorded {

    /** One of so many calls is recorded: a history cannot hold all. */
    private static final int CALLS = 16;

    private final AtomicInteger calls = new AtomicInteger();

    static String name(RegistrationInstance module, String role) {
        return role + " " + module.number();
    }

    /** One side of a binding: the context that the registrar keeps, around the module's own context. */
    private static class Side {

        final BindingRecorder recorder;
        private final BindingHandle handle;
        volatile Object context;

        Side(BindingRecorder recorder, BindingHandle handle) {
            this.recorder = recorder;
            this.handle = handle;
        }

        public final void announce(CallGate.Closer gate) {
            handle.announce(gate);
            recorder.announced();
        }

        public final void detachComplete() {
            recorder.complete(handle::detachComplete);
        }
    }

    private final class ClientsSide extends Side implements ClientBindingHandle {

        private final ClientBindingHandle handle;

        ClientsSide(BindingRecorder recorder, ClientBindingHandle handle) {
            super(recorder, handle);
            this.handle = handle;
        }

        @Override
        public AttachResult attach(Object bindingContext, Object dispatch) {
            context = bindingContext;
            AttachResult result = handle.attach(this, dispatch);
            return result instanceof Attached attached
                    ? new Attached(attached.bindingContext(), calledBy(recorder, (Lookup) attached.dispatch()))
                    : result;
        }
    }

    private static final class ProvidersSide extends Side implements ProviderBindingHandle {

        ProvidersSide(BindingRecorder recorder, ProviderBindingHandle handle) {
            super(recorder, handle);
        }
    }

    ClientCharacteristics of(ModuleRecorder module, ClientCharacteristics client) {
        return new ClientCharacteristics() {
            @Override
            public RegistrationInstance clientRegistrationInstance() {
                return client.clientRegistrationInstance();
            }

            @Override
            public NmrStatus attachProvider(ClientBindingHandle handle, Object context, RegistrationInstance provider) {
                ClientsSide side = new ClientsSide(module.binding(name(provider, "provider")), handle);
                return side.recorder.attachProvider(() -> client.attachProvider(side, context, provider));
            }

            @Override
            public void clientDeregistering() {
                module.deregistering(client::clientDeregistering);
            }

            @Override
            public NmrStatus detachProvider(Object bindingContext) {
                Side side = (Side) bindingContext;
                return side.recorder.detach(() -> client.detachProvider(side.context));
            }

            @Override
            public void cleanupClientBindingContext(Object bindingContext) {
                Side side = (Side) bindingContext;
                side.recorder.cleanup(() -> client.cleanupClientBindingContext(side.context));
            }
        };
    }

    ProviderCharacteristics of(ModuleRecorder module, ProviderCharacteristics provider) {
        return new ProviderCharacteristics() {
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
                ProvidersSide side = new ProvidersSide(module.binding(name(client, "client")), handle);
                return side.recorder.attachClient(() -> accepted(
                        side, provider.attachClient(side, context, client, clientContext, clientDispatch)));
            }

            @Override
            public NmrStatus detachClient(Object bindingContext) {
                Side side = (Side) bindingContext;
                return side.recorder.detach(() -> provider.detachClient(side.context));
            }

            @Override
            public void cleanupProviderBindingContext(Object bindingContext) {
                Side side = (Side) bindingContext;
                side.recorder.cleanup(() -> provider.cleanupProviderBindingContext(side.context));
            }
        };
    }

    private static AttachResult accepted(ProvidersSide side, AttachResult result) {
        if (result instanceof Attached attached) {
            side.context = attached.bindingContext();
            return new Attached(side, attached.dispatch());
        }
        return result;
    }

    private Lookup calledBy(BindingRecorder caller, Lookup lookup) {
        return new Lookup() {
            @Override
            public String find(String key) throws IOException {
                if (!isRecorded()) {
                    return lookup.find(key);
                }
                CallRecorder call = caller.callInProgress();
                try {
                    return lookup.find(key);
                } finally {
                    call.ended();
                }
            }

            @Override
            public CompletionStage<String> findAsync(String key) {
                if (!isRecorded()) {
                    return lookup.findAsync(key);
                }
                CallRecorder call = caller.callInProgress();
                return lookup.findAsync(key).whenComplete((found, failure) -> call.ended());
            }
        };
    }

    private boolean isRecorded() {
        return calls.getAndIncrement() % CALLS == 0;
    }
}
