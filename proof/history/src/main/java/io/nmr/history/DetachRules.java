package io.nmr.history;

import java.util.List;

/** D1, D2, D5, D6: who is detached, how often, and who completes it. */
final class DetachRules {

    private final BindingTrail binding;
    private final Trails trails;
    private final Findings findings;

    private DetachRules(BindingTrail binding, Trails trails, Findings findings) {
        this.binding = binding;
        this.trails = trails;
        this.findings = findings;
    }

    static void check(BindingTrail binding, Trails trails, Findings findings) {
        DetachRules rules = new DetachRules(binding, trails, findings);
        for (SideTrail side : binding.sides()) {
            rules.checkOnce(side);
            rules.checkReason(side);
            rules.checkCompletions(side);
        }
    }

    private void checkOnce(SideTrail side) {
        List<Event> detaches = side.all(Kind.DETACH_BEGIN);
        if (detaches.size() > 1) {
            findings.add("D2", "the " + side.role + "'s side is detached more than once", detaches);
        }
    }

    /** D1: a binding ends because one of its modules leaves, or because the attachment failed in the end (A11). */
    private void checkReason(SideTrail side) {
        List<ModuleTrail> modules = trails.modules(binding);
        boolean bothKnown = modules.size() == 2
                && modules.stream().allMatch(module -> module.has(Kind.REGISTER_BEGIN));
        boolean confirmed = binding.client.first(Kind.ATTACH_END, Outcome.SUCCESS).isPresent();
        if (bothKnown && confirmed) {
            side.first(Kind.DETACH_BEGIN)
                    .filter(detach -> modules.stream().noneMatch(module -> module.leavesBefore(detach)))
                    .ifPresent(detach -> findings.add("D1", "detached, although neither module leaves", detach));
        }
    }

    private void checkCompletions(SideTrail side) {
        List<Event> counted = side.all(Kind.COMPLETE_BEGIN).stream()
                .filter(begin -> side.endOf(begin).filter(end -> end.outcome() == Outcome.SUCCESS).isPresent())
                .toList();
        if (counted.size() > 1) {
            findings.add("D6", "a second completion of the " + side.role + "'s side is taken", counted);
        }
        counted.forEach(completion -> checkCompletion(side, completion));
    }

    private void checkCompletion(SideTrail side, Event completion) {
        Event taken = side.endOf(completion).orElseThrow();
        if (side.isTracked() && !side.hasBefore(Kind.DETACH_BEGIN, taken)) {
            findings.add("D6", "a completion is taken before any detach callback", completion, taken);
        }
        side.first(Kind.DETACH_END, Outcome.SUCCESS)
                .filter(answer -> trails.committedBefore(answer)
                        .filter(later -> later.time() <= completion.time())
                        .isPresent())
                .ifPresent(answer ->
                        findings.add("D6", "a completion is taken after the answer SUCCESS", answer, completion, taken));
    }
}
