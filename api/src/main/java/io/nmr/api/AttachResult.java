package io.nmr.api;

import java.util.Objects;

/** A provider's answer to an attach (A5), and so what {@link ClientBindingHandle#attach} returns to the client. */
public sealed interface AttachResult {

    /**
     * {@return {@link NmrStatus#SUCCESS} or the status of the refusal: what the client's callback returns at its end (A7)}
     */
    NmrStatus status();

    /**
     * The provider accepted: the binding exists, and calls in both directions may begin.
     *
     * @param bindingContext the provider's context of this binding, for the client to hand back in its calls; may be
     *     null
     * @param dispatch the provider's dispatch table; null is a protocol error that the registrar turns into a refusal
     */
    record Attached(Object bindingContext, Object dispatch) implements AttachResult {

        @Override
        public NmrStatus status() {
            return NmrStatus.SUCCESS;
        }
    }

    /**
     * The provider, or the registrar in its stead, refused: nothing has come to be, and no cleanup follows.
     *
     * @param status why; any status but {@link NmrStatus#SUCCESS}
     */
    record Refused(NmrStatus status) implements AttachResult {

        /**
         * A refusal for a reason.
         *
         * @param status any but {@link NmrStatus#SUCCESS}
         * @throws NullPointerException if {@code status} is null
         * @throws IllegalArgumentException if {@code status} is {@link NmrStatus#SUCCESS}
         */
        public Refused {
            Objects.requireNonNull(status, "status");
            if (status.isSuccess()) {
                throw new IllegalArgumentException("a refusal with " + status + ": any other status was expected");
            }
        }
    }
}
