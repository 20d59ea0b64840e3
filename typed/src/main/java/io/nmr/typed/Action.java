package io.nmr.typed;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Code that calls a dispatch table, without a result.
 *
 * @param <D> the dispatch table
 * @param <X> the exception it throws
 */
@ConsumerType
@FunctionalInterface
public interface Action<D, X extends Exception> {

    /**
     * Calls the dispatch table.
     *
     * @param dispatch the dispatch table; every call of it is tracked
     * @throws X if a call throws it
     */
    void run(D dispatch) throws X;
}
