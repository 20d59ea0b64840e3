package io.nmr.engine;

import io.nmr.api.AttachResult;
import io.nmr.api.AttachResult.Attached;
import io.nmr.api.AttachResult.Refused;
import io.nmr.api.NmrStatus;
import io.nmr.api.ProviderBindingHandle;
import io.nmr.api.ProviderCharacteristics;
import java.util.function.Supplier;

/** The provider's side of a binding, and its handle. */
final class ProviderSide extends Side implements ProviderBindingHandle {

    ProviderSide(Binding binding, ProviderModule module) {
        super(binding, module);
    }

    private ProviderModule provider() {
        return (ProviderModule) module;
    }

    /** Asks the provider (A4) and commits its answer; an answer that is none is a refusal. */
    AttachResult askToAttach(Object clientContext, Object clientDispatch) {
        Answer<AttachResult> answer = call(() -> provider().characteristics()
                .attachClient(
                        this,
                        provider().registrationContext(),
                        peer().module.instance(),
                        clientContext,
                        clientDispatch));
        AttachResult result = legal(answer);
        if (result instanceof Attached attached) {
            binding.accepted(attached.bindingContext());
        } else {
            binding.refused();
        }
        return result;
    }

    private AttachResult legal(Answer<AttachResult> answer) {
        if (answer.value() == null) {
            blame("A5", "attachClient " + answer.describe() + "; it stands for a refusal", answer.thrown());
            return new Refused(NmrStatus.UNSUCCESSFUL);
        }
        if (answer.value() instanceof Attached attached && attached.dispatch() == null) {
            blame("A5", "attachClient accepted without a dispatch table; it stands for a refusal", null);
            return new Refused(NmrStatus.INVALID_PARAMETER);
        }
        return answer.value();
    }

    @Override
    Supplier<NmrStatus> detachCallback() {
        ProviderCharacteristics callbacks = provider().characteristics();
        Object context = context();
        return () -> callbacks.detachClient(context);
    }

    @Override
    Runnable cleanupCallback() {
        ProviderCharacteristics callbacks = provider().characteristics();
        Object context = context();
        return () -> callbacks.cleanupProviderBindingContext(context);
    }

    @Override
    Role role() {
        return Role.PROVIDER;
    }

    @Override
    Side peer() {
        return binding.client;
    }

    @Override
    String detachName() {
        return "detachClient";
    }

    @Override
    String cleanupName() {
        return "cleanupProviderBindingContext";
    }
}
