package io.nmr.conformance.mutants;

import static io.nmr.conformance.mutants.Mutant.ofApi;
import static io.nmr.conformance.mutants.Mutant.ofEngine;

import java.util.List;
import java.util.stream.Stream;

/** Mutants that break D and C. */
final class DetachMutants {

    private DetachMutants() {}

    static List<Mutant> all() {
        return Stream.of(detach(), cleanup()).flatMap(List::stream).toList();
    }

    private static List<Mutant> detach() {
        return List.of(
                ofEngine("D1", "a module that deregisters is still offered", "Npi").trap(2)
                        .with("if (provider.state() == ModuleState.REGISTERED", "if (provider != null")
                        .with("if (client.state() == ModuleState.REGISTERED", "if (client != null"),
                ofEngine("D1", "a client is not told that it goes", "NetworkModule")
                        .with("telling = wasRegistered() ? deregisterNotice() : null;", "telling = null;"),
                ofEngine("D1", "a deregistration is complete before its client was told", "NetworkModule")
                        .with("|| telling != null ||", "||"),
                ofEngine("D2", "the other side is detached first", "Binding")
                        .with("first.beginDetach(effects);\n        first.peer().beginDetach(effects);",
                                "first.peer().beginDetach(effects);\n        first.beginDetach(effects);"),
                ofEngine("D2", "one side is detached when the other has completed", "Binding").trap(18)
                        .with("first.beginDetach(effects);\n        first.peer().beginDetach(effects);",
                                "first.beginDetach(effects);")
                        .with("void sideDetached(Effects effects) {", """
                                void sideDetached(Effects effects) {
                                        if (client().state() == SideState.IDLE) {
                                            client().beginDetach(effects);
                                        } else if (provider.state() == SideState.IDLE) {
                                            provider.beginDetach(effects);
                                        }"""),
                ofEngine("D4", "a side that answered SUCCESS is waited for", "DetachNotice")
                        .with("            commitSuccess(callback);", "            callback.commit(Input.RETURN_PENDING);"),
                ofEngine("D4", "PENDING is taken for success, by its sign", "DetachNotice")
                        .with("if (NmrStatus.PENDING.equals(callback.value())) {",
                                "if (callback.value() != null && callback.value().value() > 0) {\n"
                                        + "            callback.commit(Input.RETURN_SUCCESS);\n"
                                        + "        } else if (NmrStatus.PENDING.equals(callback.value())) {"),
                ofEngine("D5", "a completion before PENDING has returned is lost", "SideState").trap(4)
                        .with(".on(DETACH_CALLED, COMPLETE, COMPLETED_EARLY)", ""),
                ofEngine("D5", "both sides complete early, and clean up before their callbacks have returned", "SideState")
                        .trap(5)
                        .with(".on(DETACH_CALLED, COMPLETE, COMPLETED_EARLY)", ".on(DETACH_CALLED, COMPLETE, DETACHED)"),
                ofEngine("D6", "a completion too many is not told", "Side")
                        .with("!tryCommit(Input.COMPLETE) && ", "!tryCommit(Input.COMPLETE) && module == null && "),
                ofEngine("D6", "one side completes the other's detach", "Side")
                        .with("!tryCommit(Input.COMPLETE) && ",
                                "!tryCommit(Input.COMPLETE) && !peer().tryCommit(Input.COMPLETE) && "),
                ofEngine("D6", "a late completion hits the module's latest binding", "Side").trap(16)
                        .with("!tryCommit(Input.COMPLETE) && ", "!npi().<Side>commit(effects -> module.sides.isEmpty() ?"
                                + " this : module.sides.snapshot().get(module.sides.size() - 1))"
                                + ".tryCommit(Input.COMPLETE) && "),
                ofApi("D7", "an asynchronous call is counted only until its method returns", "CallChain").trap(21)
                        .with("return (int) remove(gate);",
                                "int token = (int) remove(gate);\n        gate.exit(token);\n        return token;"),
                ofEngine("D8", "deregistered while the client is asked, and the detach is lost", "Phase").trap(1)
                        .with(".on(ATTACHING, DEREGISTER, ATTACHING_DOOMED)", ".on(ATTACHING, DEREGISTER, ATTACHING)"),
                ofEngine("D8", "deregistered while the provider is asked, and the detach is lost", "Phase").trap(1)
                        .with(".on(CONNECTING, DEREGISTER, CONNECTING_DOOMED)", ".on(CONNECTING, DEREGISTER, CONNECTING)"),
                ofEngine("D9", "a side whose detach failed is waited for, and never completes", "DetachNotice")
                        .with("callback.tryCommit(Input.GATE_DRAINED);", ""),
                ofEngine("D9", "a side whose detach failed is complete in the middle of its calls", "DetachNotice")
                        .with("gate.close(drained).isSuccess()", "gate.close(drained) != null"),
                ofEngine("D10", "deregister waits", "RegistrarEngine")
                        .with("if (module.npi.commit(module::deregister)) {",
                                "if (module.npi.commit(module::deregister)) {\n"
                                        + "            new Waiter(settings).await(List.of(module), Duration.ofSeconds(30));"),
                ofEngine("D11", "PENDING stands for SUCCESS", "DetachNotice")
                        .with("callback.commit(Input.RETURN_PENDING);", "callback.commit(Input.RETURN_SUCCESS);"));
    }

    private static List<Mutant> cleanup() {
        return List.of(
                ofEngine("C1", "cleaned up when one side has completed", "Binding")
                        .with("client().state() == SideState.DETACHED && provider",
                                "client().state() == SideState.DETACHED || provider"),
                ofEngine("C1", "cleanup is called under the lock", "Cleanup").trap(9)
                        .with("callback.call();", "side.npi().commit(effects -> { callback.call(); return null; });"),
                ofEngine("C1", "a cleanup that throws ends everything", "Cleanup")
                        .with("            callback.call();", "            callback.call();\n"
                                + "            if (callback.thrown() != null) { throw new IllegalStateException(callback.thrown()); }"),
                ofEngine("C2", "complete while bindings are left", "NetworkModule")
                        .with("|| telling != null || !sides.isEmpty()", "|| telling != null"),
                ofEngine("C2", "deregister answers SUCCESS", "RegistrarEngine")
                        .with("return NmrStatus.PENDING;", "return NmrStatus.SUCCESS;"),
                ofEngine("C3", "one of those who wait is woken", "NetworkModule").trap(13)
                        .with("waiters.get(i).completed(this);", "waiters.get(0).completed(this);"),
                ofEngine("C3", "a wait has no bound", "Waiter").trap(11)
                        .with("remaining = deadlines.untilNext();", "remaining = Long.MAX_VALUE;"),
                ofEngine("C3", "a handle that is none is an unrelated exception", "RegistrarEngine").trap(12)
                        .with("if (registration instanceof NetworkModule module && module",
                                "NetworkModule module = (NetworkModule) registration;\n        if (module"),
                ofEngine("C4", "a wait does not wait", "RegistrarEngine")
                        .with("new Waiter(settings).await(List.of(module), timeout);", "NmrStatus.SUCCESS;"),
                ofEngine("C5", "the other side deregisters too, and the binding breaks", "Phase")
                        .with(".on(DETACHING, DEREGISTER, DETACHING)", ""),
                ofEngine("C5", "the other side deregisters during the cleanup, and the binding breaks", "Phase")
                        .with(".on(CLEANING, DEREGISTER, CLEANING)", ""),
                ofEngine("C6", "a wait for oneself is not noticed", "Waiter").trap(10)
                        .with("inside.isEmpty() || module", "module != null || module"),
                ofEngine("C6", "a circle of waits is not noticed", "Waits")
                        .with(".anyMatch(wait -> leadsTo(ends, wait.waitedFor, seen))", ".anyMatch(wait -> false)"));
    }
}
