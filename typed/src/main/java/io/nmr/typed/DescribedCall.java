package io.nmr.typed;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * As {@link Call}, told whose dispatch table it is.
 *
 * @param <D> the dispatch table
 * @param <R> the result
 * @param <X> what it throws
 */
@ConsumerType
@FunctionalInterface
public interface DescribedCall<D, R, X extends Exception> {

    /**
     * Calls.
     *
     * @param dispatch the dispatch table, every call of which is tracked
     * @param module whose it is
     * @return the result
     * @throws X what the call throws
     */
    R call(D dispatch, ModuleDescription module) throws X;
}
