package io.nmr.history;

import java.util.List;
import java.util.Optional;

/** A: what an attachment is made of, and D8, A12: that nothing overlaps it. */
final class AttachRules {

    private final BindingTrail binding;
    private final Trails trails;
    private final Findings findings;

    private AttachRules(BindingTrail binding, Trails trails, Findings findings) {
        this.binding = binding;
        this.trails = trails;
        this.findings = findings;
    }

    static void check(BindingTrail binding, Trails trails, Findings findings) {
        AttachRules rules = new AttachRules(binding, trails, findings);
        binding.sides().forEach(rules::checkOverlap);
        binding.provider.all(Kind.ATTACH_BEGIN).forEach(rules::checkAsked);
        rules.checkAfterRefusal();
        rules.checkDetachAfterAttach();
        binding.callbacks().stream()
                .filter(event -> event.is(Kind.ATTACH_BEGIN))
                .forEach(rules::checkStillThere);
    }

    /** A12: each callback of a side ends before its next begins, and they come in their order. */
    private void checkOverlap(SideTrail side) {
        Event last = null;
        for (Event event : side.events()) {
            if (event.kind().isCallback()) {
                if (last != null && !mayFollow(last, event)) {
                    findings.add("A12", "a callback of one side overlaps or precedes another of it", last, event);
                }
                last = event;
            }
        }
    }

    private static boolean mayFollow(Event earlier, Event later) {
        if (later.kind().ends()) {
            return earlier.kind() == later.kind().begin();
        }
        return earlier.kind().ends() && later.kind().compareTo(earlier.kind().begin()) >= 0;
    }

    private void checkAsked(Event asked) {
        Optional<Event> offered = binding.client.first(Kind.ATTACH_BEGIN);
        if (offered.isPresent()
                && (asked.isBefore(offered.get()) || binding.client.hasBefore(Kind.ATTACH_END, asked))) {
            findings.add("A4", "the provider is asked outside of the client's attach callback", offered.get(), asked);
        }
        binding.provider.first(Kind.ATTACH_END, Outcome.SUCCESS)
                .filter(accepted -> accepted.isBefore(asked))
                .ifPresent(accepted -> findings.add("A10", "the provider is asked again after it accepted", accepted, asked));
    }

    /** A2, A5: what never came to be is neither detached nor cleaned up. */
    private void checkAfterRefusal() {
        for (Event event : binding.callbacks()) {
            boolean late = event.is(Kind.DETACH_BEGIN) || event.is(Kind.CLEANUP_BEGIN);
            boolean exists = binding.accepted().filter(accepted -> accepted.isBefore(event)).isPresent();
            if (late && !exists && (binding.client.isRecorded() || binding.provider.isRecorded())) {
                boolean asked = binding.provider.isRecorded();
                findings.add(
                        asked ? "A5" : "A2",
                        "nobody had accepted, and " + event.kind() + " follows",
                        attachments(), event);
            }
        }
    }

    private List<Event> attachments() {
        return binding.callbacks().stream()
                .filter(event -> event.is(Kind.ATTACH_BEGIN) || event.is(Kind.ATTACH_END))
                .toList();
    }

    /** D8: the attachment is let finish before anything is detached. */
    private void checkDetachAfterAttach() {
        binding.provider.first(Kind.DETACH_BEGIN)
                .filter(detach -> binding.client.isRecorded() && !binding.client.hasBefore(Kind.ATTACH_END, detach))
                .ifPresent(detach -> findings.add(
                        "D8", "the provider's detach begins inside the client's attach callback",
                        binding.client.all(Kind.ATTACH_BEGIN), detach));
    }

    /** D1, D8: neither is offered, nor the provider asked, once the deregistration of one has returned. */
    private void checkStillThere(Event begin) {
        for (ModuleTrail module : trails.modules(binding)) {
            module.left().filter(left -> isDecidedAfter(left, begin)).ifPresent(left -> findings.add(
                    begin.module().role() == Role.CLIENT ? "D1" : "D8",
                    module.module + " had left before " + begin.module() + " was called to attach",
                    left, begin));
        }
    }

    /** Known by what its thread did before, or by a peer that came only after the other had left. */
    private boolean isDecidedAfter(Event left, Event begin) {
        return trails.committedAfter(begin).filter(seen -> !seen.isBefore(left)).isPresent()
                || trails.modules(binding).stream()
                        .flatMap(module -> module.registering().stream())
                        .anyMatch(left::isBefore);
    }
}
