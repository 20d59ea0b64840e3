package io.nmr.typed;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Code that calls a dispatch table, without a result, and is told which module provides it.
 *
 * @param <D> the dispatch table
 * @param <X> the exception it throws
 */
@ConsumerType
@FunctionalInterface
public interface DescribedAction<D, X extends Exception> {

    /**
     * Calls the dispatch table.
     *
     * @param dispatch the dispatch table; every call of it is tracked
     * @param module the module that provides it
     * @throws X if a call throws it
     */
    void run(D dispatch, ModuleDescription module) throws X;
}
