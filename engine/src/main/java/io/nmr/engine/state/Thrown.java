package io.nmr.engine.state;

/** An exception of foreign code, in words: its methods are foreign code too. */
public final class Thrown {

    private Thrown() {}

    /** As it describes itself; by its class where that fails. */
    public static String describe(Throwable thrown) {
        try {
            return thrown.toString();
        } catch (Throwable t) {
            return thrown.getClass().getName() + ", whose message failed with " + t.getClass().getName();
        }
    }
}
