package io.nmr.engine;

/** What foreign code has thrown, in words: those are foreign code, too. */
final class Thrown {

    private Thrown() {}

    /** As it describes itself; by its class where that fails. */
    static String describe(Throwable thrown) {
        try {
            return thrown.toString();
        } catch (Throwable t) {
            return thrown.getClass().getName() + ", whose message failed with " + t.getClass().getName();
        }
    }
}
