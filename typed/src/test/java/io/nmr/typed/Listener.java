package io.nmr.typed;

/** The client's dispatch table of the tests, version 1. */
public interface Listener {

    void changed();
}
