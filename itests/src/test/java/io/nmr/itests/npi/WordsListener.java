package io.nmr.itests.npi;

/** The typed NPI of these tests: the callbacks of a client. */
public interface WordsListener {

    String heard(String text);
}
