package io.nmr.history;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A history, taken apart: by registration, by binding, and by thread. */
final class Trails {

    private final Map<RegisteredModule, ModuleTrail> modules = new LinkedHashMap<>();
    private final Map<String, BindingTrail> bindings = new LinkedHashMap<>();
    private final Map<RegisteredModule, List<BindingTrail>> bindingsOf = new HashMap<>();
    private final Map<Long, Event> previousOnThread = new HashMap<>();
    private final Map<Long, Event> nextOnThread = new HashMap<>();

    Trails(History history) {
        Map<String, Event> latest = new HashMap<>();
        for (Event event : history.events()) {
            sort(event);
            Event previous = latest.put(event.thread(), event);
            if (previous != null) {
                previousOnThread.put(event.time(), previous);
                nextOnThread.put(previous.time(), event);
            }
        }
        bindings().forEach(this::assign);
    }

    private void assign(BindingTrail binding) {
        for (ModuleTrail trail : modules(binding)) {
            bindingsOf.computeIfAbsent(trail.module, same -> new ArrayList<>()).add(binding);
            if (trail.module.role() == Role.PROVIDER) {
                binding.knowProvider();
            }
        }
    }

    private void sort(Event event) {
        ModuleTrail module = modules.computeIfAbsent(event.module(), ModuleTrail::new);
        if (event.binding().isEmpty()) {
            module.add(event);
        } else {
            bindings.computeIfAbsent(event.binding(), BindingTrail::new).add(event);
        }
    }

    Collection<ModuleTrail> modules() {
        return modules.values();
    }

    List<ModuleTrail> modules(Role role) {
        return modules().stream().filter(trail -> trail.module.role() == role).toList();
    }

    Collection<BindingTrail> bindings() {
        return bindings.values();
    }

    List<BindingTrail> bindings(RegisteredModule module) {
        return bindingsOf.getOrDefault(module, List.of());
    }

    /** The registrations that it is between, as far as they are recorded. */
    List<ModuleTrail> modules(BindingTrail binding) {
        return binding.modules().map(modules::get).filter(Objects::nonNull).toList();
    }

    /**
     * What led to the begin of a callback was committed after this: the thread was elsewhere before. Empty where its
     * thread was not seen before.
     */
    Optional<Event> committedAfter(Event callbackBegin) {
        return Optional.ofNullable(previousOnThread.get(callbackBegin.time()));
    }

    /** What a callback answered was committed before this: its thread went on after it. Empty where it was not seen. */
    Optional<Event> committedBefore(Event callbackEnd) {
        return Optional.ofNullable(nextOnThread.get(callbackEnd.time()));
    }
}
