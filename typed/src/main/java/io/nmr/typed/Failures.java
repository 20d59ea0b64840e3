package io.nmr.typed;

/** The failures of calls that are made one after the other: the first, with the others suppressed in it. */
final class Failures<X extends Exception> {

    private Throwable first;

    void add(Throwable failure) {
        if (first == null) {
            first = failure;
        } else if (first != failure) {
            first.addSuppressed(failure);
        }
    }

    /** @throws X the first, if there was one: an {@code X} or unchecked, for nothing else was thrown */
    @SuppressWarnings("unchecked")
    void throwFirst() throws X {
        if (first instanceof Error error) {
            throw error;
        }
        if (first instanceof RuntimeException failure) {
            throw failure;
        }
        if (first != null) {
            throw (X) first;
        }
    }
}
