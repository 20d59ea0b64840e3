package io.nmr.engine;

import io.nmr.api.CallChain;
import io.nmr.api.CallGate;
import io.nmr.api.Registration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What an engine shows of itself, to those who look at it from outside.
 *
 * <p><b>Threading.</b> Any thread; no lock is taken, so no module and no binding ever waits for a reader. What is there
 * throughout a reading is in it, once; what comes or goes meanwhile may be. Each entry is as it was at some moment of the
 * reading, unless commits of its NPI follow each other so fast that a bounded number of looks all met one: then it may
 * show both sides of a commit. All of it may be stale when it is returned, and nothing of it pins a module (R7).
 */
public final class EngineView {

    private final Npis npis;

    EngineView(Npis npis) {
        this.npis = npis;
    }

    /** The modules that are registered, or deregistering with bindings left, in the order of their numbers. */
    public List<ModuleSnapshot> modules() {
        List<ModuleSnapshot> modules = new ArrayList<>();
        npis.forEach(npi -> npi.forEachModuleSeen(module -> {
            ModuleSnapshot seen = npi.look(module::look);
            if (seen.state() != ModuleState.NEW && seen.state() != ModuleState.DEREGISTERED) {
                modules.add(seen);
            }
        }));
        modules.sort(Comparator.comparingLong(module -> module.name().id()));
        return modules;
    }

    /** The bindings that there are, offers under way among them, in the order of their numbers. */
    public List<BindingSnapshot> bindings() {
        List<BindingSnapshot> bindings = new ArrayList<>();
        forEachBinding(binding -> look(binding).ifPresent(bindings::add));
        bindings.sort(Comparator.comparingLong(BindingSnapshot::id));
        return bindings;
    }

    /**
     * The bindings of these modules, each once, in the order of their numbers.
     *
     * @param registrations registrations of this engine's
     */
    public List<BindingSnapshot> bindings(Collection<? extends Registration> registrations) {
        Map<Long, BindingSnapshot> bindings = new TreeMap<>();
        for (Registration registration : registrations) {
            ((NetworkModule) registration).sides.forEachSeen(side ->
                    look(side.binding()).ifPresent(seen -> bindings.putIfAbsent(seen.id(), seen)));
        }
        return List.copyOf(bindings.values());
    }

    /**
     * How much these modules have in hand; takes no memory for each of their bindings.
     *
     * @param registrations registrations of this engine's
     * @return a count that may be stale when it is returned
     */
    public Load load(Set<? extends Registration> registrations) {
        int[] bindings = new int[1];
        long[] calls = new long[1];
        registrations.forEach(registration -> ((NetworkModule) registration).sides.forEachSeen(side -> {
            boolean isCountedForClient = side.role() == Role.PROVIDER && registrations.contains(side.peer().module);
            if (!isCountedForClient && !side.npi().look(side.binding()::isGoneSeen)) {
                bindings[0]++;
                calls[0] += side.callsInProgressSeen() + side.peer().callsInProgressSeen();
            }
        }));
        return new Load(registrations.size(), bindings[0], calls[0]);
    }

    /**
     * One binding; looks through all of them.
     *
     * @param id its number
     * @return it, or empty if there is none of this number, or none any more
     */
    public Optional<BindingSnapshot> binding(long id) {
        return find(id).flatMap(this::look);
    }

    /**
     * The threads inside tracked calls of a binding, of both sides, as far as they are known: see
     * {@link CallChain#threadsInside}. It looks at their stacks, for which the virtual machine halts each of them for a
     * moment.
     *
     * @param id the number of the binding
     * @return the threads; none where neither side announced a gate, or there is no such binding
     */
    public List<ThreadInCall> threadsInCalls(long id) {
        return find(id).stream()
                .flatMap(binding -> Stream.<Side>of(binding.client(), binding.provider))
                .flatMap(EngineView::threadsInCalls)
                .toList();
    }

    /**
     * The threads inside tracked calls that keep sides of these modules' bindings from completing their detach.
     *
     * @param registrations registrations of this engine's
     * @return each thread once for each side whose call it is inside of
     */
    public List<Caller> callers(Collection<? extends Registration> registrations) {
        Set<Side> sides = new LinkedHashSet<>();
        registrations.forEach(registration -> ((NetworkModule) registration).sides.forEachSeen(side -> {
            sides.add(side.binding().client());
            sides.add(side.binding().provider);
        }));
        return sides.stream().flatMap(EngineView::callers).toList();
    }

    private static Stream<Caller> callers(Side side) {
        CallGate.Closer gate = side.npi().look(() -> side.look().state().owesDetach() ? side.gateSeen() : null);
        return gate == null
                ? Stream.empty()
                : CallChain.threadsInside(gate.gate()).stream()
                        .map(thread -> new Caller(side.binding().id, side.module.calledNow(), thread));
    }

    /**
     * What a module is called, during its registration and after it.
     *
     * @param registration a registration, or null
     * @return its name; empty if it is none of this engine's
     */
    public Optional<ModuleName> name(Registration registration) {
        return registration instanceof NetworkModule module && module.npi.registry == npis
                ? Optional.of(module.name)
                : Optional.empty();
    }

    private static Stream<ThreadInCall> threadsInCalls(Side side) {
        CallGate.Closer gate = side.npi().look(side::gateSeen);
        return gate == null
                ? Stream.empty()
                : CallChain.threadsInside(gate.gate()).stream()
                        .map(thread -> look(thread, side.role(), gate.gate()));
    }

    /** Whoever is not inside any more when its stack has been taken was perhaps elsewhere by then. */
    private static ThreadInCall look(Thread thread, Role caller, CallGate gate) {
        List<String> stack = Stream.of(thread.getStackTrace()).map(StackTraceElement::toString).toList();
        boolean isStillInside = CallChain.threadsInside(gate).contains(thread);
        return new ThreadInCall(caller, thread.getId(), thread.getName(), isStillInside ? stack : List.of());
    }

    Optional<Binding> find(long id) {
        List<Binding> found = new ArrayList<>(1);
        forEachBinding(binding -> {
            if (binding.id == id) {
                found.add(binding);
            }
        });
        return found.stream().findFirst();
    }

    private Optional<BindingSnapshot> look(Binding binding) {
        BindingSnapshot seen = binding.npi().look(() -> binding.look(npis.settings.nanoTime().getAsLong()));
        return seen.phase() == Phase.GONE ? Optional.empty() : Optional.of(seen);
    }

    /** Each is in the list of its client, and of its provider. */
    private void forEachBinding(Consumer<Binding> reader) {
        npis.forEach(npi -> npi.forEachClientSeen(client -> client.sides.forEachSeen(side -> reader.accept(side.binding()))));
    }
}
