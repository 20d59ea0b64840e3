package io.nmr.engine;

import io.nmr.api.AttachResult;
import io.nmr.api.ClientBindingHandle;
import io.nmr.api.ClientCharacteristics;
import io.nmr.api.NmrStatus;
import io.nmr.engine.Incident.Kind;
import java.util.function.Supplier;

/** The client's side of a binding, and its handle: one object with the {@link Binding}, which says why. */
abstract sealed class ClientSide extends Side implements ClientBindingHandle permits Binding {

    private static final String EXPECTED =
            "inside attachProvider, on its thread, and not again once it succeeded";

    ClientSide(ClientModule module) {
        super(module);
    }

    private ClientModule clientModule() {
        return (ClientModule) module;
    }

    /** The client's attach callback (A1). */
    NmrStatus callAttach() {
        return clientModule().characteristics()
                .attachProvider(this, clientModule().registrationContext(), peer().module.instance());
    }

    @Override
    public AttachResult attach(Object bindingContext, Object dispatch) {
        Callback<AttachResult> asking = binding().provider.asking(bindingContext, dispatch);
        return switch (binding().connect(bindingContext)) {
            case LEGAL -> binding().provider.ask(asking);
            case DOOMED -> new AttachResult.Refused(NmrStatus.DELETE_PENDING);
            case MISUSED -> refuseMisuse();
        };
    }

    private AttachResult refuseMisuse() {
        Phase phase = npi().decide(binding(), Binding::phase);
        report(
                Kind.PROTOCOL_ERROR,
                "A10: attach by " + module.name + " on " + binding() + ", which is " + phase
                        + ", changes nothing: expected " + EXPECTED,
                "A10",
                null);
        return new AttachResult.Refused(NmrStatus.INVALID_PARAMETER);
    }

    @Override
    Supplier<NmrStatus> detachCallback() {
        ClientCharacteristics callbacks = clientModule().characteristics();
        Object context = context();
        return () -> callbacks.detachProvider(context);
    }

    @Override
    Supplier<Void> cleanupCallback() {
        ClientCharacteristics callbacks = clientModule().characteristics();
        Object context = context();
        return () -> {
            callbacks.cleanupClientBindingContext(context);
            return null;
        };
    }

    @Override
    Role role() {
        return Role.CLIENT;
    }

    @Override
    Side peer() {
        return binding().provider;
    }

    @Override
    String detachName() {
        return "detachProvider";
    }

    @Override
    String cleanupName() {
        return "cleanupClientBindingContext";
    }
}
