package io.nmr.engine;

/**
 * Effects in the order in which they are to be performed, linked through themselves: lining one up takes no memory.
 *
 * <p>An effect stands in one line at a time. It is lined up when what it performs falls due, which happens once to each,
 * and taken out before it is performed; whoever hands over again what stands in a line already makes another effect of it.
 *
 * <p><b>Threading.</b> Guarded by whoever has it.
 */
sealed class EffectLine permits Effects {

    private Effect first;
    private Effect last;

    final void add(Effect effect) {
        assert effect.next == null && effect != last : effect + " stands in a line already";
        if (first == null) {
            first = effect;
        } else {
            last.next = effect;
        }
        last = effect;
    }

    /** Null if there is none. */
    final Effect poll() {
        Effect effect = first;
        if (effect != null) {
            first = effect.next;
            last = first == null ? null : last;
            effect.next = null;
        }
        return effect;
    }

    final boolean isEmpty() {
        return first == null;
    }
}
