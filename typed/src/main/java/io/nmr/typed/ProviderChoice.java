package io.nmr.typed;

import java.util.Comparator;
import java.util.function.ToLongFunction;

/**
 * Which of the attached providers serves a call: the first, in an order, that takes it. Of those that the order does not
 * tell apart, the one attached last.
 */
public final class ProviderChoice {

    private static final Comparator<ModuleDescription> NEWEST =
            Comparator.comparingLong(ModuleDescription::number).reversed();

    private final Comparator<? super ModuleDescription> order;
    private final boolean rotates;

    private ProviderChoice(Comparator<? super ModuleDescription> order, boolean rotates) {
        this.order = order;
        this.rotates = rotates;
    }

    /** {@return the choice of the provider of the highest implementation number: what a client does unless told otherwise} */
    public static ProviderChoice newest() {
        return new ProviderChoice(NEWEST, false);
    }

    /**
     * The provider of the highest ranking; of equal ones the newest. A client sees of a provider what that says of itself
     * at registration and nothing of its service, so a ranking is what the NPI makes one: a component of its provider
     * characteristics, as a rule.
     *
     * @param ranking the ranking of a provider; asked when a provider attaches, so it must not change its mind
     * @return the choice
     */
    public static ProviderChoice highest(ToLongFunction<? super ModuleDescription> ranking) {
        return by(Comparator.<ModuleDescription>comparingLong(ranking::applyAsLong).reversed().thenComparing(NEWEST));
    }

    /** {@return the choice of all of them in turn, beginning with each as often as with any other} */
    public static ProviderChoice roundRobin() {
        return new ProviderChoice((one, other) -> 0, true);
    }

    /**
     * The provider that comes first.
     *
     * @param order the order; asked when a provider attaches, so it must not change its mind
     * @return the choice
     */
    public static ProviderChoice by(Comparator<? super ModuleDescription> order) {
        return new ProviderChoice(order, false);
    }

    Comparator<? super ModuleDescription> order() {
        return order;
    }

    boolean rotates() {
        return rotates;
    }
}
