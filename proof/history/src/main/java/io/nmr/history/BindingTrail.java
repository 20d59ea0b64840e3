package io.nmr.history;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What happened to one binding, on both sides. */
final class BindingTrail {

    final String key;
    final SideTrail client = new SideTrail(Role.CLIENT);
    final SideTrail provider = new SideTrail(Role.PROVIDER);

    private boolean providerIsKnown;

    BindingTrail(String key) {
        this.key = key;
    }

    void add(Event event) {
        side(event.module().role()).add(event);
    }

    SideTrail side(Role role) {
        return role == Role.CLIENT ? client : provider;
    }

    List<SideTrail> sides() {
        return List.of(client, provider);
    }

    /** The provider's registration is recorded: so would have been its answer. */
    void knowProvider() {
        providerIsKnown = true;
    }

    /** From when on the binding exists (A11); where the provider is not recorded, from when the client confirmed. */
    Optional<Event> accepted() {
        SideTrail told = providerIsKnown ? provider : client;
        return told.first(Kind.ATTACH_END, Outcome.SUCCESS);
    }

    /** The registrations that it is known to be between: those that recorded it, and those that they name. */
    Stream<RegisteredModule> modules() {
        return sides().stream()
                .flatMap(side -> side.events().stream().limit(1))
                .flatMap(event -> Stream.of(event.module(), event.peerModule()))
                .filter(module -> !module.name().isEmpty())
                .distinct();
    }

    /** Every begin and end of a callback, on both sides. */
    List<Event> callbacks() {
        return sides().stream()
                .flatMap(side -> side.events().stream())
                .filter(event -> event.kind().isCallback())
                .sorted(Event.BY_TIME)
                .toList();
    }
}
