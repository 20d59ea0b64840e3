package io.nmr.itests.kit;

/** The NPI of these tests: the client's dispatch table. */
public interface EchoListener {

    void heard(String text);
}
