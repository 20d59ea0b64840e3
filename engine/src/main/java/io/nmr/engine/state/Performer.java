package io.nmr.engine.state;

import io.nmr.api.AttachResult;
import io.nmr.api.ClientBindingHandle;
import io.nmr.engine.spi.EffectTask;

/**
 * Makes the calls that effects stand for. The state knows it by this name alone.
 *
 * <p><b>Threading.</b> Called with no lock held.
 */
public interface Performer {

    /** Gives an effect to the executor. */
    void execute(EffectTask effect);

    /** Makes the call that an effect stands for, on this thread, if no other thread has claimed it. */
    void run(EffectTask effect);

    /**
     * Asks the provider on behalf of a client that called attach (A4).
     *
     * @param client the handle that it was called on
     * @param context the client's binding context, or null
     * @param dispatch the client's dispatch table, or null
     * @return the provider's answer, or a refusal
     */
    AttachResult attach(ClientBindingHandle client, Object context, Object dispatch);
}
