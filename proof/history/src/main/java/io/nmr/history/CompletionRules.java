package io.nmr.history;

import java.util.List;
import java.util.Optional;

/** C2, R7: what is over when a deregistration is complete; D1: how a client is told of it. */
final class CompletionRules {

    private final Trails trails;
    private final Findings findings;

    private CompletionRules(Trails trails, Findings findings) {
        this.trails = trails;
        this.findings = findings;
    }

    static void check(Trails trails, Findings findings) {
        CompletionRules rules = new CompletionRules(trails, findings);
        for (ModuleTrail module : trails.modules()) {
            rules.checkNotices(module);
            module.complete().ifPresent(complete -> rules.checkComplete(module, complete));
        }
    }

    private void checkNotices(ModuleTrail module) {
        List<Event> notices = module.all(Kind.NOTICE_BEGIN);
        if (notices.size() > 1) {
            findings.add("D1", module.module + " is told more than once that it leaves", notices);
        }
        notices.stream()
                .filter(notice -> module.registering().isPresent() && !module.leavesBefore(notice))
                .forEach(notice -> findings.add("D1", module.module + " is told that it leaves, and does not", notice));
    }

    private void checkComplete(ModuleTrail module, Event complete) {
        if (module.registering().isPresent() && !module.leavesBefore(complete)) {
            findings.add("C3", module.module + " is deregistered, and nobody asked for it", complete);
        }
        module.all(Kind.NOTICE_END).stream()
                .filter(told -> complete.isBefore(told))
                .forEach(told -> findings.add("D1", "complete before " + module.module + " was told", complete, told));
        trails.bindings(module.module).forEach(binding -> checkOver(binding, complete));
    }

    private void checkOver(BindingTrail binding, Event complete) {
        for (Event event : binding.callbacks()) {
            if (complete.isBefore(event)) {
                findings.add("C2", "a deregistration is complete before a callback of its binding", complete, event);
            }
        }
        Optional<Event> accepted = binding.accepted().filter(event -> event.isBefore(complete));
        for (SideTrail side : binding.sides()) {
            if (accepted.isPresent() && side.isTracked() && !side.hasBefore(Kind.CLEANUP_END, complete)) {
                findings.add(
                        side.hasBefore(Kind.DETACH_BEGIN, complete) ? "C2" : "D2",
                        "a deregistration is complete, and the " + side.role + "'s side is not cleaned up",
                        accepted.get(), complete);
            }
        }
    }
}
