package io.nmr.conformance.document;

import io.nmr.conformance.runs.EngineFixture;
import io.nmr.conformance.runs.PublishedFixture;
import io.nmr.conformance.runs.ServiceFixture;
import io.nmr.tck.Fixture;
import java.util.List;
import java.util.Map;

/** A run of the kit: on what, and what that has no words for. */
record Run(String on, Map<String, String> inexpressible) {

    static List<Run> all() {
        return List.of(
                of("the engine in plain Java", new EngineFixture()),
                of("the registrar's OSGi service", new ServiceFixture()),
                of("published characteristics", new PublishedFixture()));
    }

    private static Run of(String on, Fixture fixture) {
        return new Run(on, fixture.inexpressible());
    }

    boolean expresses(TestOfRule test) {
        return !inexpressible.containsKey(test.name()) && test.rules().stream().noneMatch(inexpressible::containsKey);
    }
}
