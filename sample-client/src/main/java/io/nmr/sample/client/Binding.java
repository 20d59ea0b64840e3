package io.nmr.sample.client;

import io.nmr.api.CallGate;
import io.nmr.api.ClientBindingHandle;
import io.nmr.sample.npi.AddressFamilies;
import io.nmr.sample.npi.AddressFamily;
import io.nmr.sample.npi.AddressLookup;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The client's context of one binding. It is there before the provider is asked, because that is who gets it; the
 * provider's dispatch table comes with the answer, and goes at cleanup.
 */
final class Binding {

    private static final System.Logger LOG = System.getLogger(Binding.class.getName());

    private final ClientBindingHandle handle;
    private final long number;
    private final AddressFamilies families;
    private final CallGate.Closer closer = CallGate.open();
    private final AtomicLong tableChanges = new AtomicLong();
    private volatile AddressLookup lookup;

    Binding(ClientBindingHandle handle, long number, AddressFamilies families) {
        this.handle = handle;
        this.number = number;
        this.families = families;
    }

    void attached(Object providerDispatch) {
        lookup = (AddressLookup) providerDispatch;
    }

    void free() {
        lookup = null;
    }

    /** The client's dispatch, version 1: the provider does not say what changed. */
    void tableChanged() {
        tableChanged(families.families());
    }

    /** The client's dispatch, version 2. */
    void tableChanged(Set<AddressFamily> changed) {
        tableChanges.incrementAndGet();
        LOG.log(System.Logger.Level.INFO, "The table of provider {0} changed: {1}", number, changed);
    }

    ClientBindingHandle handle() {
        return handle;
    }

    /** The provider's implementation number. */
    long number() {
        return number;
    }

    AddressFamilies families() {
        return families;
    }

    CallGate.Closer closer() {
        return closer;
    }

    CallGate gate() {
        return closer.gate();
    }

    /** For a call that was admitted: the dispatch table stays until its exit. */
    AddressLookup lookup() {
        return lookup;
    }

    long tableChanges() {
        return tableChanges.get();
    }
}
