package io.nmr.history;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** D3 and T: which calls are admitted, and that a detach waits for them; O2: so does a stop. */
final class CallRules {

    private final BindingTrail binding;
    private final Trails trails;
    private final Findings findings;

    private CallRules(BindingTrail binding, Trails trails, Findings findings) {
        this.binding = binding;
        this.trails = trails;
        this.findings = findings;
    }

    static void check(BindingTrail binding, Trails trails, Findings findings) {
        CallRules rules = new CallRules(binding, trails, findings);
        for (SideTrail side : binding.sides()) {
            List<CallTrail> calls = side.calls();
            Map<String, CallTrail> byNumber =
                    calls.stream().collect(Collectors.toMap(call -> call.number, Function.identity()));
            calls.forEach(call -> {
                rules.checkAdmitted(call, side, byNumber.get(call.within()));
                rules.checkCompleted(call, side);
                rules.checkCleanups(call, side);
                rules.checkStops(call);
            });
        }
    }

    /** D3, T1: none begins after the side's own detach callback, but within one in progress (T6). */
    private void checkAdmitted(CallTrail call, SideTrail side, CallTrail outer) {
        call.first(Kind.CALL_BEGIN)
                .filter(begin -> call.has(Kind.CALL_ENTERED) && side.hasBefore(Kind.DETACH_END, begin))
                .filter(begin -> !side.failedToDetach() && (outer == null || !outer.isInProgressAt(begin)))
                .ifPresent(begin -> findings.add(
                        "D3", "a call is admitted after the " + side.role + "'s detach callback returned",
                        call.events(), side.first(Kind.DETACH_END).get()));
    }

    /** T3: none is in progress when the side's detach completes, or later. */
    private void checkCompleted(CallTrail call, SideTrail side) {
        side.completed().filter(call::isInProgressAfter).ifPresent(completed -> findings.add(
                "T3", "the " + side.role + "'s detach is complete with a call in progress", call.events(), completed));
    }

    /** C1, D9: none is in progress when either side cleans up, unless the caller left it uncounted when it failed. */
    private void checkCleanups(CallTrail call, SideTrail side) {
        if (side.failedToDetach() && !side.has(Kind.ANNOUNCE)) {
            return;
        }
        for (SideTrail either : binding.sides()) {
            either.first(Kind.CLEANUP_BEGIN).filter(call::isInProgressAfter).ifPresent(cleanup -> findings.add(
                    "C1", "the " + either.role + " cleans up with a call of the " + side.role + " in progress",
                    call.events(), cleanup));
        }
    }

    /** O2, O3: none is in progress when either module's activator stops, unless its time had run out. */
    private void checkStops(CallTrail call) {
        for (ModuleTrail module : trails.modules(binding)) {
            module.first(Kind.STOP_BEGIN)
                    .filter(stop -> call.isInProgressAt(stop) && !module.hasBefore(Kind.TIMEOUT, stop))
                    .ifPresent(stop -> findings.add(
                            "O2", module.module + " stops with a call in progress", call.events(), stop));
        }
    }
}
