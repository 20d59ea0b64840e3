package io.nmr.typed;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Code that calls a dispatch table, with a result.
 *
 * @param <D> the dispatch table
 * @param <R> the result
 * @param <X> the exception it throws
 */
@ConsumerType
@FunctionalInterface
public interface Call<D, R, X extends Exception> {

    /**
     * Calls the dispatch table.
     *
     * @param dispatch the dispatch table; every call of it is tracked
     * @return the result
     * @throws X if a call throws it
     */
    R call(D dispatch) throws X;
}
