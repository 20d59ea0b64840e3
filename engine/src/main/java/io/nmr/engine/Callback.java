package io.nmr.engine;

import io.nmr.engine.SideState.Input;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * One call of a callback of one side, with all the memory that it takes until its answer is committed. It is made before
 * the callback is claimed, so that whatever is claimed is committed: where there is no memory, nothing has begun, and the
 * effect can be performed again. What a failed detach leaves to its gate takes more, after that.
 *
 * <p><b>Threading.</b> Made, called and committed by one thread.
 */
final class Callback<T> extends CallbackChain.Frame {

    private final Side side;
    private final Supplier<T> code;
    private final Effects effects;
    private T value;
    private Throwable thrown;
    private Input input;

    Callback(Side side, Supplier<T> code) {
        super(side.binding());
        this.side = side;
        this.code = code;
        this.effects = new Effects(side.npi().registry.settings);
    }

    /** Calls the module's code, with no lock held, and contains what it throws. */
    void call() {
        assert !side.npi().isLocked() : "foreign code under a lock";
        enter();
        try {
            value = code.get();
        } catch (Throwable t) {
            thrown = t;
        } finally {
            leave();
        }
    }

    Side side() {
        return side;
    }

    /** What it returned; null if it threw. */
    T value() {
        return value;
    }

    /** What it threw, or null. */
    Throwable thrown() {
        return thrown;
    }

    String describe() {
        return thrown == null ? "returned " + value : "threw " + Thrown.describe(thrown);
    }

    /** Commits what the answer leads to; takes no memory where {@code decision} captures nothing. */
    <P, R> R commit(P of, BiFunction<P, Effects, R> decision) {
        try {
            return side.npi().commit(of, decision, effects);
        } finally {
            effects.perform();
        }
    }

    /** Commits {@code input} of the side; answers the state before. */
    SideState commit(Input input) {
        this.input = input;
        return commit(this, (callback, effects) -> callback.side.commit(callback.input, effects));
    }

    /** Commits {@code input} of the side; false, and nothing changes, where that is not legal. */
    boolean tryCommit(Input input) {
        this.input = input;
        return commit(this, (callback, effects) -> callback.side.tryCommit(callback.input, effects));
    }
}
