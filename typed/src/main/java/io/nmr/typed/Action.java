package io.nmr.typed;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * What to call on a dispatch table, without a result.
 *
 * @param <D> the dispatch table
 * @param <X> what it throws
 */
@ConsumerType
@FunctionalInterface
public interface Action<D, X extends Exception> {

    /**
     * Calls.
     *
     * @param dispatch the dispatch table, every call of which is tracked
     * @throws X what the call throws
     */
    void run(D dispatch) throws X;
}
