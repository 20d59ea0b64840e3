package io.nmr.conformance.runs;

import java.util.logging.Level;
import java.util.logging.Logger;

/** The kit makes modules break the protocol all the time: what is said of them is not for the build's log. */
final class Quiet {

    private static final Logger PRODUCT = Logger.getLogger("io.nmr");

    private Quiet() {}

    static void please() {
        PRODUCT.setLevel(Level.OFF);
    }
}
