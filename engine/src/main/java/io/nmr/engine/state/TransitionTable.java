package io.nmr.engine.state;

/** The legal transitions of a state machine. Written once while its class is initialised, read by any thread after. */
final class TransitionTable<S extends Enum<S>, I extends Enum<I>> {

    private final Object[][] next;

    TransitionTable(Class<S> states, Class<I> inputs) {
        next = new Object[states.getEnumConstants().length][inputs.getEnumConstants().length];
    }

    TransitionTable<S, I> on(S from, I input, S to) {
        if (next[from.ordinal()][input.ordinal()] != null) {
            throw new IllegalArgumentException("two transitions from " + from + " on " + input);
        }
        next[from.ordinal()][input.ordinal()] = to;
        return this;
    }

    /** The state after {@code input} in {@code from}, or null where that is not legal. */
    @SuppressWarnings("unchecked")
    S next(S from, I input) {
        return (S) next[from.ordinal()][input.ordinal()];
    }
}
