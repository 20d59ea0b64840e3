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

    private static final Refused UNSUCCESSFUL = new Refused(NmrStatus.UNSUCCESSFUL);
    private static final Refused INVALID = new Refused(NmrStatus.INVALID_PARAMETER);

    private final Binding binding;

    ProviderSide(Binding binding, ProviderModule module) {
        super(module);
        this.binding = binding;
    }

    @Override
    Binding binding() {
        return binding;
    }

    private ProviderModule provider() {
        return (ProviderModule) module;
    }

    /** What asks the provider (A4); made before anything begins. */
    Callback<AttachResult> asking(Object clientContext, Object clientDispatch) {
        return new Callback<>(this, () -> provider().characteristics()
                .attachClient(
                        this,
                        provider().registrationContext(),
                        peer().module.instance(),
                        clientContext,
                        clientDispatch));
    }

    /** Asks the provider and commits its answer; an answer that is none is a refusal. */
    AttachResult ask(Callback<AttachResult> asking) {
        asking.call();
        if (asking.value() instanceof Attached attached && attached.dispatch() != null) {
            asking.commit(asking, (answered, effects) -> answered.side().binding().accepted(contextIn(answered), effects));
            return attached;
        }
        try {
            return refusal(asking);
        } finally {
            asking.commit(binding, Binding::refused);
        }
    }

    private static Object contextIn(Callback<AttachResult> answered) {
        return ((Attached) answered.value()).bindingContext();
    }

    private AttachResult refusal(Callback<AttachResult> answer) {
        if (answer.value() == null) {
            blame("A5", "attachClient " + answer.describe() + "; it stands for a refusal", answer.thrown());
            return UNSUCCESSFUL;
        }
        if (answer.value() instanceof Attached) {
            blame("A5", "attachClient accepted without a dispatch table; it stands for a refusal", null);
            return INVALID;
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
    Supplier<Void> cleanupCallback() {
        ProviderCharacteristics callbacks = provider().characteristics();
        Object context = context();
        return () -> {
            callbacks.cleanupProviderBindingContext(context);
            return null;
        };
    }

    @Override
    Role role() {
        return Role.PROVIDER;
    }

    @Override
    Side peer() {
        return binding.client();
    }

    @Override
    String detachName() {
        return "detachClient";
    }

    @Override
    String cleanupName() {
        return "cleanupProviderBindingContext";
    }

    @Override
    public String toString() {
        return "the provider's handle of " + binding;
    }
}
