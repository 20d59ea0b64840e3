package io.nmr.typed;

/** The failures of several calls: the first, with the others suppressed in it. */
final class Failures {

    private Throwable first;

    void add(Throwable failure) {
        if (first == null) {
            first = failure;
        } else if (first != failure) {
            first.addSuppressed(failure);
        }
    }

    /** @throws X the first failure: the calls throw an {@code X} or an unchecked exception */
    @SuppressWarnings("unchecked")
    <X extends Throwable> void throwFirst() throws X {
        if (first != null) {
            throw (X) first; // X is erased
        }
    }
}
