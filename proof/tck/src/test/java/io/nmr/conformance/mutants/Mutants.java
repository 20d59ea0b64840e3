package io.nmr.conformance.mutants;

import static io.nmr.conformance.mutants.Mutant.ofApi;
import static io.nmr.conformance.mutants.Mutant.ofEngine;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One mutant for each rule of the kit: it shows that the tests of the rule look. */
public final class Mutants {

    /** Rules that no change of the registrar or of its gate can break. */
    public static final Map<String, String> RULES_WITHOUT = Map.of(
            "D3", "for the modules to obey: the registrar is not in the path of calls (A8); the gate that keeps it is T1's");

    private Mutants() {}

    public static List<Mutant> all() {
        return Stream.of(registration(), attachment(), detachment(), completion(), calls()).flatMap(List::stream).toList();
    }

    private static List<Mutant> registration() {
        return List.of(
                ofEngine("R1", "a client is not offered the first of the registered providers", "state/NpiGroup")
                        .with("for (NetworkModule other : others) {", "for (NetworkModule other : others.stream()"
                                + ".skip(module.role() == Role.CLIENT ? 1 : 0).toList()) {"),
                ofEngine("R2", "a provider is offered to one client only", "state/NpiGroup")
                        .with("for (NetworkModule other : others) {", "for (NetworkModule other : others.stream()"
                                + ".limit(module.role() == Role.PROVIDER ? 1 : Integer.MAX_VALUE).toList()) {"),
                ofEngine("R3", "modules meet only if their numbers are equal", "state/NpiGroup")
                        .with("if (other.isRegistered()) {",
                                "if (other.isRegistered() && other.ref().number() == module.ref().number()) {"),
                ofEngine("R4", "any version of the registration instance is taken", "state/Declaration")
                        .with("instance.version() != 0", "instance.version() < 0"),
                ofEngine("R5", "all registrations of a module go with one of them", "state/NpiGroup")
                        .with("modules(module.role()).remove(module);", "modules(module.role()).removeIf(other ->"
                                + " other.ref().moduleId().equals(module.ref().moduleId()));"),
                ofEngine("R6", "adding and matching are two critical sections", "state/NpiGroup")
                        .with("modules(module.role()).add(module);", """
                                Set<NetworkModule> before = new LinkedHashSet<>(others);
                                lock.unlock();
                                java.util.concurrent.locks.LockSupport.parkNanos(100_000);
                                lock.lock();
                                modules(module.role()).add(module);""")
                        .with("for (NetworkModule other : others) {", "for (NetworkModule other : before) {"),
                ofEngine("R7", "the declaration of a module is kept", "state/NetworkModule")
                        .with("declaration = null;", ""),
                ofEngine("R8", "offers are made under the lock of the NPI", "state/NetworkModule")
                        .with("return Optional.of(group.add(this, commit));", """
                                List<Binding> offers = group.add(this, commit);
                                offers.forEach(binding -> group.registry().performer().execute(binding.offer()));
                                return Optional.of(offers);"""),
                ofEngine("R9", "register does not wait for its offers", "RegistrarEngine")
                        .with("bindings.forEach(binding -> performer.execute(binding.offer()));",
                                "bindings.forEach(each -> new Thread(() -> performer.execute(each.offer())).start());")
                        .with("bindings.forEach(Binding::awaitAnswer);", ""));
    }

    private static List<Mutant> attachment() {
        return List.of(
                ofEngine("A1", "the client does not get its registration context", "effects/Attachment")
                        .with("                client.registrationContext(),", "                null,"),
                ofEngine("A2", "a client that refused is detached", "state/Phase")
                        .with(".on(ATTACHING, DECLINE, GONE)", ".on(ATTACHING, DECLINE, DETACHING)"),
                ofEngine("A3", "a client without a dispatch table cannot attach", "effects/Attachment")
                        .with("case LEGAL ->", "case LEGAL -> dispatch == null ? misused(client) :"),
                ofEngine("A4", "the client's dispatch table and context are exchanged", "effects/Attachment")
                        .with("clientContext,\n                clientDispatch);", "clientDispatch,\n                clientContext);"),
                ofEngine("A5", "a provider may accept without a dispatch table", "effects/Attachment")
                        .with(" && attached.dispatch() != null", ""),
                ofEngine("A6", "after a refusal the client cannot ask again", "state/Phase")
                        .with(".on(CONNECTING, REFUSE, ATTACHING)", ".on(CONNECTING, REFUSE, ATTACHING_DOOMED)"),
                ofEngine("A7", "the client's success ends the binding", "state/Phase")
                        .with(".on(ACCEPTED, CONFIRM, ATTACHED)", ".on(ACCEPTED, CONFIRM, DETACHING)"),
                ofEngine("A8", "the registrar puts itself between the two", "effects/Attachment")
                        .with("return attached;", """
                                if (attached.dispatch().getClass().getInterfaces().length > 0) {
                                    return new Attached(attached.bindingContext(), java.lang.reflect.Proxy.newProxyInstance(
                                            Attachment.class.getClassLoader(), attached.dispatch().getClass().getInterfaces(),
                                            (proxy, method, arguments) -> method.invoke(attached.dispatch(), arguments)));
                                }
                                return attached;"""),
                ofEngine("A9", "a binding with a null context is not detached", "effects/Detachment")
                        .with("() -> callDetach(side, claim)",
                                "() -> claim.context() == null ? NmrStatus.SUCCESS : callDetach(side, claim)"),
                ofEngine("A10", "attach works on any thread", "state/Binding")
                        .with("attaching != Thread.currentThread() || phase.next", "phase.next"),
                ofEngine("A11", "the client fails after the acceptance, and the provider is not told", "state/Phase")
                        .with(".on(ACCEPTED, DECLINE, DETACHING)", ".on(ACCEPTED, DECLINE, GONE)"),
                ofEngine("A12", "a side is detached inside its attach callback", "state/Binding")
                        .with("case ATTACHING_DOOMED, CONNECTING_DOOMED, ACCEPTED_DOOMED ->",
                                "case ACCEPTED_DOOMED -> beginDetach(side.role(), commit);\n"
                                        + "            case ATTACHING_DOOMED, CONNECTING_DOOMED ->"));
    }

    private static List<Mutant> detachment() {
        return List.of(
                ofEngine("D1", "a module that deregisters is still offered", "state/NpiGroup")
                        .with("if (other.isRegistered()) {", "if (other != null) {"),
                ofEngine("D2", "the other side is detached first", "state/Binding")
                        .with("leaving.first() == Role.CLIENT ?", "leaving.first() == Role.PROVIDER ?"),
                ofEngine("D4", "a side that answered SUCCESS is waited for", "effects/Detachment")
                        .with("            commitSuccess(side);", "            side.commit(Input.valueOf(\"RETURN_PENDING\"));"),
                ofEngine("D5", "a completion before PENDING has returned is lost", "state/SideState")
                        .with(".on(DETACH_CALLED, COMPLETE, COMPLETED_EARLY)", ""),
                ofEngine("D6", "a completion too many is not told", "state/Side")
                        .with("!tryCommit(Input.COMPLETE) && ", "!tryCommit(Input.COMPLETE) && module == null && "),
                ofApi("D7", "an asynchronous call is counted only until its method returns", "CallChain")
                        .with("return (int) remove(gate);",
                                "int token = (int) remove(gate);\n        gate.exit(token);\n        return token;"),
                ofEngine("D8", "deregistered while the client is asked, and the detach is lost", "state/Phase")
                        .with(".on(ATTACHING, DEREGISTER, ATTACHING_DOOMED)", ".on(ATTACHING, DEREGISTER, ATTACHING)"),
                ofEngine("D9", "a side whose detach failed is waited for, and never completes", "effects/Detachment")
                        .with("side.tryCommit(Input.GATE_DRAINED);", ""),
                ofEngine("D10", "deregister waits", "RegistrarEngine")
                        .with("if (!begun) {", """
                                if (begun) {
                                    new WaitingThread(waits, performer, settings, Purpose.MODULE).await(
                                            List.of(module), each -> Duration.ofSeconds(30), () -> { }, passed -> Duration.ZERO);
                                }
                                if (!begun) {"""),
                ofEngine("D11", "PENDING stands for SUCCESS", "effects/Detachment")
                        .with("side.commit(Input.RETURN_PENDING);", "side.commit(Input.RETURN_SUCCESS);"));
    }

    private static List<Mutant> completion() {
        return List.of(
                ofEngine("C1", "cleaned up when one side has completed", "state/Binding")
                        .with("client.state() == SideState.DETACHED && provider",
                                "client.state() == SideState.DETACHED || provider"),
                ofEngine("C2", "deregister answers SUCCESS", "RegistrarEngine")
                        .with("return begun ? NmrStatus.PENDING", "return begun ? NmrStatus.SUCCESS"),
                ofEngine("C3", "a handle that is none is an unrelated exception", "RegistrarEngine")
                        .with("if (registration instanceof NetworkModule module && module",
                                "NetworkModule module = (NetworkModule) registration;\n        if (module"),
                ofEngine("C4", "a wait does not wait", "RegistrarEngine")
                        .with("case DEREGISTERING -> new", "case DEREGISTERING -> settings != null ? NmrStatus.SUCCESS : new"),
                ofEngine("C5", "the other side deregisters too, and the binding breaks", "state/Phase")
                        .with(".on(DETACHING, DEREGISTER, DETACHING)", ""),
                ofEngine("C6", "a wait for oneself is not noticed", "waiting/WaitingThread")
                        .with("if (!inside.isEmpty() && !graph", "if (module == null && !graph"));
    }

    /** Mutants of the gate's cells show only when threads race: they are in {@code jcstress}. */
    private static List<Mutant> calls() {
        return List.of(
                ofApi("T1", "calls are refused only once the gate has drained", "CallGate")
                        .with("while ((seen & (CLOSED | INFLATED)) == 0) {\n            if",
                                "while ((seen & (DRAINED | INFLATED)) == 0) {\n            if")
                        .with("return (seen & CLOSED) != 0 ? REFUSED", "return (seen & DRAINED) != 0 ? REFUSED"),
                ofEngine("T2", "cleanups run on the thread of the last exit", "state/Commit")
                        .with("if (waiter != null) {", "if (waiter != null && settings == null) {"),
                ofApi("T3", "counted after closing began, then undone: the last wake-up is lost", "CallGate")
                        .with("return rest == null && WORD.compareAndSet(this, 0L, CALL) ? IN_WORD : enterAsItIs();", """
                                if ((add(IN_WORD, CALL) & (CLOSED | INFLATED)) == 0) {
                                    return IN_WORD;
                                }
                                java.util.concurrent.locks.LockSupport.parkNanos(20_000);
                                add(IN_WORD, -CALL);
                                return enterAsItIs();"""),
                ofApi("T4", "an asynchronous call inside another is not counted", "CallChain")
                        .with("gate.enterWithin(counted(frames[outer]));", "counted(frames[outer]);"),
                ofApi("T5", "each tracked call allocates", "CallChain")
                        .with("frames[0] = top;", "frames[0] = top;\n        CHAIN.set(CHAIN.get().clone());"),
                ofApi("T6", "what a call in progress calls further is refused", "CallChain")
                        .with("outer == 0 ? gate.enter() : uncounted(frames[outer]);", "gate.enter();")
                        .with("if (outer == 0 && token ==", "if (token =="));
    }
}
