package io.nmr.engine.effects;

import io.nmr.engine.state.HoldsUp;
import io.nmr.engine.state.Thrown;
import java.util.function.Supplier;

/**
 * How a call of a module's code ended.
 *
 * @param value its result; null if it threw
 * @param thrown what it threw, or null
 */
record Outcome<T>(T value, Throwable thrown) {

    /** Calls a module's code, with no lock held, and contains what it throws. */
    static <T> Outcome<T> of(HoldsUp inside, Supplier<T> code) {
        try {
            return new Outcome<>(CallbackChain.call(inside, code), null);
        } catch (Throwable t) {
            return new Outcome<>(null, t);
        }
    }

    static Outcome<Void> ofRun(HoldsUp inside, Runnable code) {
        return of(inside, () -> {
            code.run();
            return null;
        });
    }

    String describe() {
        return thrown == null ? "returned " + value : "threw " + Thrown.describe(thrown);
    }
}
