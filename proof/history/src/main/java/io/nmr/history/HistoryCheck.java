package io.nmr.history;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Tells which rules of the protocol a history breaks. What a history does not show breaks nothing: a side that is not
 * recorded, a call whose end nobody saw, a binding whose peer is unknown.
 *
 * <p>Each rule is checked only as far as the order of the recorded events proves it broken, whatever the threads did
 * between an event and the commit that it belongs to. So there are no false alarms, and on one thread, where every event
 * stands beside its commit, next to nothing is missed.
 */
public final class HistoryCheck {

    private HistoryCheck() {}

    /**
     * What is broken already, at any moment of a run.
     *
     * @param history what was recorded up to now
     * @return what it breaks, rule by rule; empty if nothing
     */
    public static List<Violation> violations(History history) {
        Trails trails = new Trails(history);
        Findings findings = new Findings();
        RegistrationRules.check(trails, findings);
        CompletionRules.check(trails, findings);
        for (BindingTrail binding : trails.bindings()) {
            AttachRules.check(binding, trails, findings);
            DetachRules.check(binding, trails, findings);
            CleanupRules.check(binding, findings);
            CallRules.check(binding, trails, findings);
        }
        return findings.all();
    }

    /**
     * As {@link #violations}, and what is left undone: to be asked for when every call has ended and every
     * deregistration that began has been waited for, with success or in vain.
     *
     * @param history what was recorded, to its end
     * @return what it breaks, rule by rule; empty if nothing
     */
    public static List<Violation> violationsAtEnd(History history) {
        Findings findings = new Findings();
        violations(history).forEach(found -> findings.add(found.rule(), found.explanation(), found.events()));
        EndRules.check(new Trails(history), findings);
        return findings.all();
    }

    /**
     * Requires that a history breaks nothing.
     *
     * @param history what was recorded up to now
     * @throws AssertionError with what it breaks
     */
    public static void require(History history) {
        require(violations(history), history);
    }

    /**
     * Requires that a history breaks nothing and leaves nothing undone.
     *
     * @param history what was recorded, to its end
     * @throws AssertionError with what it breaks
     */
    public static void requireAtEnd(History history) {
        require(violationsAtEnd(history), history);
    }

    private static void require(List<Violation> violations, History history) {
        if (!violations.isEmpty()) {
            throw new AssertionError("of " + history.events().size() + " events, rules are broken: " + violations.size()
                    + violations.stream()
                            .map(violation -> System.lineSeparator() + violation)
                            .collect(Collectors.joining()));
        }
    }
}
