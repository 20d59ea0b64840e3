package io.nmr.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.nmr.api.AttachResult.Attached;
import io.nmr.api.runtime.ModuleRef;
import io.nmr.api.runtime.RegistrarEvent.OfBinding;
import io.nmr.api.runtime.RegistrarEvent.OfModule;
import io.nmr.api.runtime.RegistrarEvent;
import io.nmr.engine.History.Event;
import io.nmr.engine.spi.EngineEvents;
import io.nmr.engine.state.Inspect;
import io.nmr.engine.state.NetworkModule;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What an engine under test tells, and what holds of it after every test. */
final class Told {

    final EngineEvents events = new EngineEvents(this::event);

    private final Queue<RegistrarEvent> told = new ConcurrentLinkedQueue<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicReference<Thread> teller = new AtomicReference<>();
    private RegistrarEngine engine;

    void listenTo(RegistrarEngine told) {
        engine = told;
        events.setEnabled(true);
    }

    private void event(RegistrarEvent event) {
        if (!teller.compareAndSet(null, Thread.currentThread())) {
            failures.add(event + " is told while another is");
        }
        if (Inspect.holdsLock(engine.registry)) {
            failures.add(event + " is told under the lock of an NPI");
        }
        if (Thread.holdsLock(engine.waits)) {
            failures.add(event + " is told under the monitor of the waits");
        }
        if (!(event instanceof RegistrarEvent.OfIncident)) {
            told.add(event);
        }
        teller.set(null);
    }

    List<RegistrarEvent> all() {
        return List.copyOf(told);
    }

    List<OfBinding.Kind> of(long binding) {
        return bindings().filter(event -> event.binding() == binding).map(OfBinding::kind).toList();
    }

    List<OfModule.Kind> of(RecordingModule module) {
        ModuleRef name = ((NetworkModule) module.registration).ref();
        return modules().filter(event -> event.module().id() == name.id()).map(OfModule::kind).toList();
    }

    /** The kinds of all events, in their order. */
    List<Enum<?>> kinds() {
        List<Enum<?>> kinds = new ArrayList<>();
        for (RegistrarEvent event : told) {
            kinds.add(event instanceof OfBinding ofBinding ? ofBinding.kind() : ((OfModule) event).kind());
        }
        return kinds;
    }

    private Stream<OfBinding> bindings() {
        return told.stream().filter(OfBinding.class::isInstance).map(OfBinding.class::cast);
    }

    private Stream<OfModule> modules() {
        return told.stream().filter(OfModule.class::isInstance).map(OfModule.class::cast);
    }

    Set<String> dropped() {
        return bindings()
                .filter(event -> event.kind() == OfBinding.Kind.DROPPED)
                .map(event -> event.binding() + "")
                .collect(Collectors.toSet());
    }

    boolean isComplete() {
        return told.size() == counted();
    }

    private long counted() {
        return Stream.of(OfBinding.Kind.values()).mapToLong(events::countOf).sum()
                + Stream.of(OfModule.Kind.values()).mapToLong(events::countOf).sum();
    }

    /** Once everything is deregistered: each module and each binding has had its life, and all of it was told. */
    void check(History history) {
        assertThat(failures).as("failures of telling").isEmpty();
        checkCounts();
        byModule().forEach(Told::checkModule);
        Map<Long, List<Event>> histories = history.events().stream()
                .filter(event -> event.link() != null && engine.registry.equals(event.link().binding().client().module().group().registry()))
                .collect(Collectors.groupingBy(event -> event.link().binding().id()));
        Map<Long, List<OfBinding>> byBinding = bindings().collect(Collectors.groupingBy(OfBinding::binding));
        byBinding.forEach((id, events) -> checkBinding(events, histories.getOrDefault(id, List.of())));
        assertThat(byBinding.keySet()).as("bindings that were told of").containsAll(histories.keySet());
    }

    private void checkCounts() {
        Map<OfBinding.Kind, Long> counts = new EnumMap<>(OfBinding.Kind.class);
        bindings().forEach(event -> counts.merge(event.kind(), 1L, Long::sum));
        for (OfBinding.Kind kind : OfBinding.Kind.values()) {
            assertThat(events.countOf(kind)).as("count of %s", kind).isEqualTo(counts.getOrDefault(kind, 0L));
        }
    }

    /** The events of each module, and of its bindings; that its NPI gets a name meanwhile makes no other module of it. */
    private Map<ModuleRef, List<Enum<?>>> byModule() {
        Map<ModuleRef, List<Enum<?>>> byModule = new HashMap<>();
        for (RegistrarEvent event : told) {
            if (event instanceof OfBinding binding) {
                byModule.computeIfAbsent(id(binding.client()), module -> new ArrayList<>()).add(binding.kind());
                byModule.computeIfAbsent(id(binding.provider()), module -> new ArrayList<>()).add(binding.kind());
            } else if (event instanceof OfModule module) {
                byModule.computeIfAbsent(id(module.module()), name -> new ArrayList<>()).add(module.kind());
            }
        }
        return byModule;
    }

    private static ModuleRef id(ModuleRef of) {
        return new ModuleRef(of.id(), of.role(), of.npiId(), null, of.moduleId(), of.number(), of.bundle());
    }

    /** What is told of a module and its bindings begins with its registration and ends with that it is gone. */
    private static void checkModule(ModuleRef module, List<Enum<?>> events) {
        List<Enum<?>> own = new ArrayList<>(events);
        own.removeIf(kind -> kind instanceof OfBinding.Kind || kind == OfModule.Kind.ABANDONED);
        assertThat(own).as("events of %s", module)
                .isEqualTo(List.of(OfModule.Kind.REGISTERED, OfModule.Kind.DEREGISTERING, OfModule.Kind.DEREGISTERED));
        assertThat(events.get(0)).as("first of %s", module).isEqualTo(OfModule.Kind.REGISTERED);
        assertThat(events.get(events.size() - 1)).as("last of %s", module).isEqualTo(OfModule.Kind.DEREGISTERED);
    }

    private static boolean isAcceptance(Event event) {
        return event.what() == History.What.ATTACH_END
                && event.outcome() instanceof Attached attached
                && attached.dispatch() != null;
    }

    private static void checkBinding(List<OfBinding> events, List<Event> history) {
        List<OfBinding.Kind> kinds = new ArrayList<>(events.stream().map(OfBinding::kind).toList());
        boolean wasOverdue = kinds.remove(OfBinding.Kind.OVERDUE);
        boolean isDropped = wasOverdue && kinds.contains(OfBinding.Kind.DROPPED);
        List<OfBinding.Kind> refused = List.of(OfBinding.Kind.OFFERED, OfBinding.Kind.REFUSED);
        List<OfBinding.Kind> attached = List.of(
                OfBinding.Kind.OFFERED,
                OfBinding.Kind.ATTACHED,
                OfBinding.Kind.DETACHING,
                isDropped ? OfBinding.Kind.DROPPED : OfBinding.Kind.DETACHED);
        boolean isAttached = history.isEmpty()
                ? kinds.contains(OfBinding.Kind.ATTACHED) // by modules that do not record what they do
                : history.stream().anyMatch(Told::isAcceptance);
        assertThat(kinds).as("events of binding %s: %s", events.get(0).binding(), events)
                .isEqualTo(isAttached ? attached : refused);
    }
}
