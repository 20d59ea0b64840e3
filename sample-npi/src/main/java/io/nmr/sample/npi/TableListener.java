package io.nmr.sample.npi;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * The client's dispatch table, version 1.
 *
 * <p><b>Threading.</b> Called on a thread of the provider's, as soon as the provider accepted, before
 * {@code attachProvider} has returned (A12). Calls may overlap. They do not block.
 */
@ConsumerType
public interface TableListener {

    /** The provider's table changed: earlier answers may be out of date. */
    void tableChanged();
}
