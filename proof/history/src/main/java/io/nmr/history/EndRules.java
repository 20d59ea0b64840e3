package io.nmr.history;

import java.util.List;
import java.util.Optional;

/** What is left undone at the end: nothing, but where somebody waited in vain or a module still owes its completion. */
final class EndRules {

    private final Trails trails;
    private final Findings findings;

    private EndRules(Trails trails, Findings findings) {
        this.trails = trails;
        this.findings = findings;
    }

    static void check(Trails trails, Findings findings) {
        EndRules rules = new EndRules(trails, findings);
        trails.modules().forEach(rules::checkModule);
        trails.bindings().forEach(rules::checkBinding);
    }

    private void checkModule(ModuleTrail module) {
        if (module.has(Kind.REGISTER_BEGIN) && !module.has(Kind.REGISTER_END)) {
            findings.add("R9", "the registration of " + module.module + " never returned", module.events());
        }
        if (!module.has(Kind.DEREGISTERED) && !module.has(Kind.TIMEOUT)) {
            module.left().ifPresent(left ->
                    findings.add("C2", "the deregistration of " + module.module + " never completed", left));
        }
    }

    private void checkBinding(BindingTrail binding) {
        List<ModuleTrail> modules = trails.modules(binding);
        if (modules.stream().anyMatch(ModuleTrail::isOverdue)) {
            return;
        }
        binding.sides().forEach(this::checkReturns);
        Optional<Event> left = modules.stream().flatMap(module -> module.left().stream()).min(Event.BY_TIME);
        boolean declined = binding.client.isRecorded()
                && binding.client.first(Kind.ATTACH_END, Outcome.SUCCESS).isEmpty();
        if (binding.accepted().isPresent() && (left.isPresent() || declined || isDetaching(binding))) {
            Event reason = left.orElse(binding.accepted().get());
            binding.sides().stream()
                    .filter(side -> side.isTracked() && !side.has(Kind.CLEANUP_END))
                    .forEach(side -> checkUndone(side, reason));
        }
    }

    private static boolean isDetaching(BindingTrail binding) {
        return binding.sides().stream().anyMatch(side -> side.has(Kind.DETACH_BEGIN));
    }

    private void checkReturns(SideTrail side) {
        List<Event> callbacks = side.events().stream()
                .filter(event -> event.kind().isCallback())
                .toList();
        if (!callbacks.isEmpty() && callbacks.get(callbacks.size() - 1).kind().begins()) {
            findings.add("A12", "a callback never returned", callbacks.get(callbacks.size() - 1));
        }
    }

    private void checkUndone(SideTrail side, Event reason) {
        Optional<Event> pending = side.first(Kind.DETACH_END, Outcome.PENDING);
        if (!side.has(Kind.DETACH_BEGIN)) {
            findings.add("D2", "the " + side.role + "'s side is never detached", reason);
        } else if (pending.isPresent() && side.completed().isEmpty()) {
            findings.add("D5", "the " + side.role + "'s side never completes its detach", reason, pending.get());
        } else {
            findings.add("C1", "the " + side.role + "'s side is never cleaned up", side.all(Kind.DETACH_END), reason);
        }
    }
}
