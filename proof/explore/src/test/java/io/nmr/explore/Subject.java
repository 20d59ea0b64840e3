package io.nmr.explore;

import io.nmr.api.ClientCharacteristics;
import io.nmr.api.NmrStatus;
import io.nmr.api.ProviderCharacteristics;
import io.nmr.api.Registration;
import java.util.List;
import java.util.Set;

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

    /**
     * A binding on its way out.
     *
     * @param owing the modules whose detach callbacks answered PENDING, and which have not completed
     */
    record Leaving(long binding, String client, String provider, Set<String> owing) {

        boolean isOf(String module) {
            return client.equals(module) || provider.equals(module);
        }
    }

    Registration prepare(ClientCharacteristics client, String name);

    Registration prepare(ProviderCharacteristics provider, String name);

    boolean register(Registration prepared);

    NmrStatus deregister(Registration registration);

    /** Deregisters and looks whether that is complete, without a wait. */
    NmrStatus drainAtOnce(Registration registration);

    /** Looks whether the deregistration is complete, without a wait. */
    NmrStatus awaitAtOnce(Registration registration);

    /** The bindings on their way out. */
    List<Leaving> leaving();

    /** False if that is not legal. */
    boolean abandon(long binding);

    /** False if that is not legal. */
    boolean drop(long binding);

    /** What it has reported, in order. */
    List<String> incidents();

    /** Where all that it keeps hangs from. */
    Object heap();
}
