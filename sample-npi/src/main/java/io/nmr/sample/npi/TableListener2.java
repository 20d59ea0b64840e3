package io.nmr.sample.npi;

import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The client's dispatch table, version 2, which says what changed. It does not extend version 1: a provider that knows
 * only that one must be able to refuse this one, so that the client can offer the other (A6).
 *
 * <p><b>Threading.</b> As {@link TableListener}.
 */
@ConsumerType
public interface TableListener2 {

    /**
     * The provider's table changed: earlier answers about these families may be out of date.
     *
     * @param families the families, at least one
     */
    void tableChanged(Set<AddressFamily> families);
}
