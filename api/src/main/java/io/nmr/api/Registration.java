package io.nmr.api;

import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One registration of one module: a handle, never reused, for the registrar that gave it. Its {@code toString} names
 * the module and holds nothing of it.
 */
@ProviderType
public sealed interface Registration permits ClientRegistration, ProviderRegistration {

    /**
     * Completes with {@link NmrStatus#SUCCESS} when the deregistration of this module is complete (C2), and never
     * exceptionally. It can be asked for at any time, also before deregistering. Actions chained to it run on the
     * executor of the registrar, or on the calling thread if it is complete already; completing the returned stage has
     * no effect on the registrar.
     *
     * @return the stage
     */
    CompletionStage<NmrStatus> deregistration();
}
