package io.nmr.typed;

import java.util.Comparator;
import java.util.function.ToLongFunction;

/**
 * Which of the attached providers serves a call: the first in an order that takes it. Of providers that are equal in the
 * order, the one attached last comes first.
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

    /** {@return the provider of the highest implementation number, the default of a client} */
    public static ProviderChoice newest() {
        return new ProviderChoice(NEWEST, false);
    }

    /**
     * The provider of the highest ranking; of equal ones the newest. A client does not see the service properties of a
     * provider, so the NPI defines the ranking, usually as a component of its provider characteristics.
     *
     * @param ranking the ranking of a provider; read when providers attach, so it must not change
     * @return the choice
     */
    public static ProviderChoice highest(ToLongFunction<? super ModuleDescription> ranking) {
        return by(Comparator.<ModuleDescription>comparingLong(ranking::applyAsLong).reversed().thenComparing(NEWEST));
    }

    /** {@return all providers in turn} */
    public static ProviderChoice roundRobin() {
        return new ProviderChoice((one, other) -> 0, true);
    }

    /**
     * The provider that comes first.
     *
     * @param order the order; used when providers attach, so it must not change
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
