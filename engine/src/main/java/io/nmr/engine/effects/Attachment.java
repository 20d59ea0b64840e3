package io.nmr.engine.effects;

import io.nmr.api.AttachResult;
import io.nmr.api.AttachResult.Attached;
import io.nmr.api.AttachResult.Refused;
import io.nmr.api.ClientBindingHandle;
import io.nmr.api.ClientCharacteristics;
import io.nmr.api.NmrStatus;
import io.nmr.api.ProviderBindingHandle;
import io.nmr.api.ProviderCharacteristics;
import io.nmr.engine.state.Binding;
import io.nmr.engine.state.Declaration;
import io.nmr.engine.state.NetworkModule;
import io.nmr.engine.state.Phase;
import io.nmr.engine.state.Side;

/** Calls the attach callbacks of a binding, the provider's inside the client's, and commits their answers (A1 to A11). */
final class Attachment {

    private static final Refused DOOMED = new Refused(NmrStatus.DELETE_PENDING);
    private static final Refused UNSUCCESSFUL = new Refused(NmrStatus.UNSUCCESSFUL);
    private static final Refused INVALID = new Refused(NmrStatus.INVALID_PARAMETER);

    private Attachment() {}

    /** Offers the provider to the client (A1), unless another thread does, or the offer was withdrawn. */
    static void offer(Binding binding) {
        if (binding.claimOffer()) {
            Outcome<NmrStatus> answer = Outcome.of(binding, () -> callClient(binding));
            boolean success = answer.value() != null && answer.value().isSuccess();
            judge(binding, binding.endOffer(success), answer, success);
        }
    }

    private static NmrStatus callClient(Binding binding) {
        Declaration client = binding.client().module().declaration();
        return ((ClientCharacteristics) client.callbacks()).attachProvider(
                (ClientBindingHandle) binding.client(),
                client.registrationContext(),
                binding.provider().module().declaration().instance());
    }

    private static void judge(Binding binding, Phase before, Outcome<NmrStatus> answer, boolean success) {
        boolean accepted = before == Phase.ACCEPTED || before == Phase.ACCEPTED_DOOMED;
        if (accepted && !success) {
            blame(binding, answer, "although it had attached; both sides are detached");
        } else if (!accepted && success) {
            blame(binding, answer, "without having attached; there is no binding");
        } else if (answer.value() == null) {
            blame(binding, answer, "which stands for a refusal; there is no binding");
        }
    }

    private static void blame(Binding binding, Outcome<NmrStatus> answer, String consequence) {
        binding.client().blame("A11", "attachProvider " + answer.describe() + " " + consequence, answer.thrown());
    }

    /** The client called attach on its handle (A3). */
    static AttachResult attach(Side client, Object context, Object dispatch) {
        Binding binding = client.binding();
        return switch (binding.connect(context)) {
            case LEGAL -> askProvider(binding, context, dispatch);
            case DOOMED -> DOOMED;
            case MISUSED -> misused(client);
        };
    }

    private static AttachResult misused(Side side) {
        side.blameMisusedAttach();
        return INVALID;
    }

    /** Asks the provider (A4) and commits its answer (A5). An answer that the protocol does not allow is a refusal. */
    private static AttachResult askProvider(Binding binding, Object clientContext, Object clientDispatch) {
        Outcome<AttachResult> answer =
                Outcome.of(binding, () -> callProvider(binding, clientContext, clientDispatch));
        if (answer.value() instanceof Attached attached && attached.dispatch() != null) {
            binding.accept(attached.bindingContext());
            return attached;
        }
        binding.refuse();
        return refusal(binding.provider(), answer);
    }

    private static AttachResult callProvider(Binding binding, Object clientContext, Object clientDispatch) {
        NetworkModule module = binding.provider().module();
        Declaration provider = module.declaration();
        return ((ProviderCharacteristics) provider.callbacks()).attachClient(
                (ProviderBindingHandle) binding.provider(),
                provider.registrationContext(),
                binding.client().module().declaration().instance(),
                clientContext,
                clientDispatch);
    }

    private static AttachResult refusal(Side provider, Outcome<AttachResult> answer) {
        if (answer.value() == null) {
            provider.blame("A5", "attachClient " + answer.describe() + "; it stands for a refusal", answer.thrown());
            return UNSUCCESSFUL;
        }
        if (answer.value() instanceof Attached) {
            provider.blame("A5", "attachClient accepted without a dispatch table; it stands for a refusal", null);
            return INVALID;
        }
        return answer.value();
    }
}
