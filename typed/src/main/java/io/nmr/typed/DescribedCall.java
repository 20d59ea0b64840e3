package io.nmr.typed;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Code that calls a dispatch table, with a result, and is told which module provides it.
 *
 * @param <D> the dispatch table
 * @param <R> the result
 * @param <X> the exception it throws
 */
@ConsumerType
@FunctionalInterface
public interface DescribedCall<D, R, X extends Exception> {

    /**
     * Calls the dispatch table.
     *
     * @param dispatch the dispatch table; every call of it is tracked
     * @param module the module that provides it
     * @return the result
     * @throws X if a call throws it
     */
    R call(D dispatch, ModuleDescription module) throws X;
}
