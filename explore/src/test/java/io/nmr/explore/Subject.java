package io.nmr.explore;

import io.nmr.api.ClientCharacteristics;
import io.nmr.api.NmrStatus;
import io.nmr.api.ProviderCharacteristics;
import io.nmr.api.Registration;

/** The engine that is explored: the product's, or a mutant's in a class loader of its own. */
public interface Subject {

    /** Takes the effects of an engine. */
    interface Executor {
        /** {@code kind} names the sort of effect, {@code module} the module whose code it calls. */
        void execute(String kind, String module, Runnable effect);
    }

    /** Makes a new engine. */
    interface Factory {
        Subject engine(Executor executor);
    }

    Registration prepare(ClientCharacteristics client, String name);

    Registration prepare(ProviderCharacteristics provider, String name);

    boolean register(Registration prepared);

    NmrStatus deregister(Registration registration);

    /** Deregisters and looks whether that is complete, without a wait. */
    NmrStatus drainAtOnce(Registration registration);

    /** Looks whether the deregistration is complete, without a wait. */
    NmrStatus awaitAtOnce(Registration registration);

    /** Where all that it keeps hangs from. */
    Object heap();
}
