package io.nmr.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** R1, R2, R6: who is offered to whom, and how often; R3: to whom not; R9: when register returns. */
final class RegistrationRules {

    private record Pair(String npi, String client, String provider) {}

    private final Findings findings;
    private final Map<Pair, List<Event>> offers = new LinkedHashMap<>();
    private final Map<Pair, Event> answers = new HashMap<>();
    private final Set<RegisteredModule> offeredUnknownPeers = new HashSet<>();

    private RegistrationRules(Findings findings) {
        this.findings = findings;
    }

    static void check(Trails trails, Findings findings) {
        RegistrationRules rules = new RegistrationRules(findings);
        trails.bindings().forEach(rules::collect);
        rules.checkTwice();
        List<ModuleTrail> providers = registered(trails, Role.PROVIDER);
        for (ModuleTrail client : registered(trails, Role.CLIENT)) {
            if (!rules.offeredUnknownPeers.contains(client.module)) {
                providers.forEach(provider -> rules.check(client, provider));
            }
        }
    }

    private static List<ModuleTrail> registered(Trails trails, Role role) {
        return trails.modules(role).stream()
                .filter(module -> module.registered().isPresent() && module.registering().isPresent())
                .toList();
    }

    private void collect(BindingTrail binding) {
        checkNpi(binding);
        for (Event event : binding.client.events()) {
            Pair pair = new Pair(event.module().npi(), event.module().name(), event.peer());
            if (event.is(Kind.ATTACH_BEGIN) && event.peer().isEmpty()) {
                offeredUnknownPeers.add(event.module());
            } else if (event.is(Kind.ATTACH_BEGIN)) {
                offers.computeIfAbsent(pair, same -> new ArrayList<>()).add(event);
            } else if (event.is(Kind.ATTACH_END)) {
                answers.putIfAbsent(pair, event);
            }
        }
    }

    private void checkNpi(BindingTrail binding) {
        binding.client.first(Kind.ATTACH_BEGIN).ifPresent(ofClient ->
                binding.provider.first(Kind.ATTACH_BEGIN)
                        .filter(ofProvider -> !ofProvider.module().npi().equals(ofClient.module().npi()))
                        .ifPresent(ofProvider -> findings.add(
                                "R3", "modules of different NPIs are offered to each other", ofClient, ofProvider)));
    }

    private void checkTwice() {
        offers.forEach((pair, begins) -> {
            if (begins.size() > 1) {
                findings.add("R6", pair.provider + " is offered to " + pair.client + " more than once", begins);
            }
        });
    }

    private void check(ModuleTrail client, ModuleTrail provider) {
        if (client.module.npi().equals(provider.module.npi())) {
            Pair pair = new Pair(client.module.npi(), client.module.name(), provider.module.name());
            if (provider.registered().get().isBefore(client.registered().get())) {
                check(pair, provider, client, "R1");
            } else {
                check(pair, client, provider, "R2");
            }
        }
    }

    /** {@code rule} is that of the role that registers last. */
    private void check(Pair pair, ModuleTrail first, ModuleTrail last, String rule) {
        Event known = last.registered().get();
        boolean inTurn = first.registered().get().isBefore(last.registering().get());
        List<Event> begins = offers.getOrDefault(pair, List.of());
        boolean offered = !begins.isEmpty() && begins.get(0).isBefore(known);
        if (!offered && !first.leavesBefore(known) && !last.leavesBefore(known)) {
            findings.add(
                    inTurn ? rule : "R6",
                    pair.provider + " and " + pair.client + " are both registered and the one is not offered to the other",
                    first.registered().get(), last.registering().get(), known);
        }
        Event answer = answers.get(pair);
        if (inTurn && !begins.isEmpty() && (answer == null || known.isBefore(answer))) {
            findings.add(
                    "R9",
                    "the registration of " + last.module + " returned before an offer that it started was answered",
                    begins, last.registering().get(), known);
        }
    }
}
