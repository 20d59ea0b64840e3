package io.nmr.typed;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * As {@link Action}, told whose dispatch table it is.
 *
 * @param <D> the dispatch table
 * @param <X> what it throws
 */
@ConsumerType
@FunctionalInterface
public interface DescribedAction<D, X extends Exception> {

    /**
     * Calls.
     *
     * @param dispatch the dispatch table, every call of which is tracked
     * @param module whose it is
     * @throws X what the call throws
     */
    void run(D dispatch, ModuleDescription module) throws X;
}
