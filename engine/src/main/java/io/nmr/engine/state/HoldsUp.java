package io.nmr.engine.state;

import io.nmr.api.Registration;

/** Something that a thread is inside of, and that cannot end before the thread returns from it (C6). */
public interface HoldsUp {

    /** Whether the deregistration of {@code module} waits for the return; called with no lock of an NPI held. */
    boolean holdsUp(Registration module);
}
