package io.nmr.conformance.mutants;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All mutants, and what has none. */
public final class Mutants {

    /** Rules that no change of the registrar or of its gate can break. */
    public static final Map<String, String> RULES_WITHOUT = Map.of(
            "D3", "for the modules to obey: the registrar is not in the path of calls (A8); the gate that keeps it is T1's");

    /** Traps that no mutant here falls into. */
    public static final Map<Integer, String> TRAPS_WITHOUT = Map.of(
            17, "a cost, not a behaviour: CostShapeTest of the engine counts what an attach looks at");

    private Mutants() {}

    public static List<Mutant> all() {
        return Stream.of(RegistrationMutants.all(), DetachMutants.all(), CallMutants.all())
                .flatMap(List::stream)
                .toList();
    }
}
