package io.nmr.conformance.mutants;

import static io.nmr.conformance.mutants.Mutant.ofEngine;

import java.util.List;

/** Mutants that break R and A. */
final class RegistrationMutants {

    private RegistrationMutants() {}

    static List<Mutant> all() {
        return List.of(
                ofEngine("R1", "a client is not offered the first of the registered providers", "Npi")
                        .with("providers.snapshot()", "providers.snapshot().stream().skip(1).toList()"),
                ofEngine("R2", "a provider is offered to one client only", "Npi")
                        .with("clients.snapshot()", "clients.snapshot().stream().limit(1).toList()"),
                ofEngine("R3", "modules meet only if their numbers are equal", "Npi")
                        .with("if (provider.state() == ModuleState.REGISTERED",
                                "if (client.name.number() == provider.name.number()")
                        .with("if (client.state() == ModuleState.REGISTERED",
                                "if (client.name.number() == provider.name.number()"),
                ofEngine("R4", "any version of the registration instance is taken", "Characteristics")
                        .with("instance.version() != 0", "instance.version() < 0"),
                ofEngine("R4", "an NPI id may be missing", "Characteristics")
                        .with("instance.npiId() == null", "instance == null"),
                ofEngine("R5", "all registrations of a module go with one of them", "Npi")
                        .with("providers.remove(provider);", "providers.snapshot().stream().filter(other ->"
                                + " other.name.moduleId().equals(provider.name.moduleId())).forEach(providers::remove);"),
                ofEngine("R6", "adding and matching are two critical sections", "Npi").trap(3)
                        .with("clients.add(client);", """
                                List<ProviderModule> before = providers.snapshot();
                                lock.unlock();
                                java.util.concurrent.locks.LockSupport.parkNanos(100_000);
                                lock.lock();
                                clients.add(client);""")
                        .with(": providers.snapshot())", ": before)"),
                ofEngine("R7", "the characteristics of a client are kept", "ClientModule")
                        .with("characteristics = null;", ""),
                ofEngine("R7", "the context of a binding that is gone is kept", "Side")
                        .with("context = null;\n        gate = null;", "gate = null;"),
                ofEngine("R8", "offers are made under the lock of the NPI", "RegistrarEngine")
                        .with("            make(offers);",
                                "            module.npi.commit(effects -> { make(offers); return null; });"),
                ofEngine("R9", "register does not wait for its offers", "RegistrarEngine")
                        .with("            Effects.perform(settings, offers.get(i));",
                                "            Offer offer = offers.get(i);\n"
                                        + "            new Thread(() -> Effects.perform(settings, offer)).start();")
                        .with("offers.get(i).awaitAnswer();", ""),

                ofEngine("A1", "the client does not get its registration context", "ClientSide")
                        .with("attachProvider(this, clientModule().registrationContext(),", "attachProvider(this, null,"),
                ofEngine("A2", "a client that refused is detached", "Phase")
                        .with(".on(ATTACHING, DECLINE, GONE)", ".on(ATTACHING, DECLINE, DETACHING)"),
                ofEngine("A3", "a client without a dispatch table cannot attach", "ClientSide")
                        .with("case LEGAL ->", "case LEGAL -> dispatch == null ? refuseMisuse() :"),
                ofEngine("A4", "the client's dispatch table and context are exchanged", "ProviderSide")
                        .with("clientContext,\n                        clientDispatch));",
                                "clientDispatch,\n                        clientContext));"),
                ofEngine("A5", "a provider may accept without a dispatch table", "ProviderSide")
                        .with(" && attached.dispatch() != null", ""),
                ofEngine("A5", "a refusal cleans up the client's context", "ProviderSide").trap(6)
                        .with("asking.commit(binding, Binding::refused);",
                                "peer().cleanupCallback().get();\n            asking.commit(binding, Binding::refused);"),
                ofEngine("A6", "after a refusal the client cannot ask again", "Phase")
                        .with(".on(CONNECTING, REFUSE, ATTACHING)", ".on(CONNECTING, REFUSE, ATTACHING_DOOMED)"),
                ofEngine("A7", "the client's success ends the binding", "Phase")
                        .with(".on(ACCEPTED, CONFIRM, ATTACHED)", ".on(ACCEPTED, CONFIRM, DETACHING)"),
                ofEngine("A8", "the registrar puts itself between the two", "ProviderSide")
                        .with("return attached;", """
                                if (attached.dispatch().getClass().getInterfaces().length > 0) {
                                    return new Attached(attached.bindingContext(), java.lang.reflect.Proxy.newProxyInstance(
                                            getClass().getClassLoader(), attached.dispatch().getClass().getInterfaces(),
                                            (proxy, method, arguments) -> method.invoke(attached.dispatch(), arguments)));
                                }
                                return attached;"""),
                ofEngine("A9", "a binding with a null context is not detached", "DetachNotice").trap(8)
                        .with("(side, side.detachCallback());",
                                "(side, side.context() == null ? () -> NmrStatus.SUCCESS : side.detachCallback());"),
                ofEngine("A10", "attach works on any thread", "Binding").trap(15)
                        .with("attaching != Thread.currentThread() || phase() != Phase.ATTACHING)",
                                "phase() != Phase.ATTACHING)"),
                ofEngine("A10", "attach works again once it has succeeded", "Binding").trap(15)
                        .with("attaching != Thread.currentThread() || phase() != Phase.ATTACHING)",
                                "attaching != Thread.currentThread())"),
                ofEngine("A11", "the client fails after the acceptance, and nobody tells the provider", "Phase").trap(7)
                        .with(".on(ACCEPTED, DECLINE, DETACHING)", ".on(ACCEPTED, DECLINE, GONE)"),
                ofEngine("A11", "what an attach callback throws ends the registration half way", "Callback").trap(14)
                        .with("thrown = t;", "throw new IllegalStateException(t);"),
                ofEngine("A12", "a side is detached inside its attach callback", "Binding")
                        .with("case ATTACHING_DOOMED, CONNECTING_DOOMED, ACCEPTED_DOOMED ->"
                                        + " leaving.begin(side.role(), effects.now());",
                                "case ATTACHING_DOOMED, CONNECTING_DOOMED -> leaving.begin(side.role(), effects.now());"
                                        + " case ACCEPTED_DOOMED -> beginDetach(side.role(), effects);"));
    }
}
