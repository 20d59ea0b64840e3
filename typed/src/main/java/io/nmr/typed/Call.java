package io.nmr.typed;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * What to call on a dispatch table, with a result.
 *
 * @param <D> the dispatch table
 * @param <R> the result
 * @param <X> what it throws
 */
@ConsumerType
@FunctionalInterface
public interface Call<D, R, X extends Exception> {

    /**
     * Calls.
     *
     * @param dispatch the dispatch table, every call of which is tracked
     * @return the result
     * @throws X what the call throws
     */
    R call(D dispatch) throws X;
}
