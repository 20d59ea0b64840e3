package io.nmr.history;

import java.util.List;
import java.util.Optional;

/** C1: both sides clean up once, after both have completed their detach. */
final class CleanupRules {

    private final BindingTrail binding;
    private final Findings findings;

    private CleanupRules(BindingTrail binding, Findings findings) {
        this.binding = binding;
        this.findings = findings;
    }

    static void check(BindingTrail binding, Findings findings) {
        CleanupRules rules = new CleanupRules(binding, findings);
        for (SideTrail side : binding.sides()) {
            List<Event> cleanups = side.all(Kind.CLEANUP_BEGIN);
            if (cleanups.size() > 1) {
                findings.add("C1", "the " + side.role + "'s side is cleaned up more than once", cleanups);
            }
            cleanups.forEach(rules::checkBothDetached);
        }
    }

    private void checkBothDetached(Event cleanup) {
        binding.sides().stream()
                .filter(SideTrail::isTracked)
                .filter(side -> !isDetached(side, cleanup))
                .forEach(side -> findings.add(
                        "C1",
                        cleanup.module() + " cleans up before the " + side.role + "'s side has completed its detach",
                        side.all(Kind.DETACH_END), cleanup));
    }

    /** Answered before, and where that was PENDING, completed before; a failure is left to the registrar (D9). */
    private static boolean isDetached(SideTrail side, Event cleanup) {
        Optional<Event> answer = side.first(Kind.DETACH_END).filter(end -> end.isBefore(cleanup));
        return answer.isPresent()
                && (answer.get().outcome() != Outcome.PENDING
                        || side.completed().filter(completed -> completed.isBefore(cleanup)).isPresent());
    }
}
