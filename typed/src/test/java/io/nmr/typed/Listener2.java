package io.nmr.typed;

/** The client's dispatch table of the tests, version 2. */
public interface Listener2 {

    void changed(String what);
}
