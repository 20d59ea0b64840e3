package io.nmr.engine.view;

import io.nmr.api.CallChain;
import io.nmr.api.CallGate;
import io.nmr.api.Registration;
import io.nmr.api.runtime.BindingReport;
import io.nmr.api.runtime.BindingSnapshot;
import io.nmr.api.runtime.CallSnapshot;
import io.nmr.api.runtime.ModuleRef;
import io.nmr.api.runtime.ModuleSnapshot;
import io.nmr.api.runtime.Role;
import io.nmr.engine.state.Binding;
import io.nmr.engine.state.NetworkModule;
import io.nmr.engine.state.NpiRegistry;
import io.nmr.engine.state.Side;
import io.nmr.engine.waiting.WaitGraph;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What an engine shows of itself.
 *
 * <p><b>Threading.</b> Any thread. Looking takes the lock of an NPI for one module or one binding at a time, and to copy
 * a list of references. So each module and each binding shown is consistent, two of them need not be of one moment, and all
 * of it may be stale when it is returned. Nothing of it pins a module (R7).
 */
public final class EngineView {

    private final NpiRegistry registry;
    private final WaitGraph waits;

    public EngineView(NpiRegistry registry, WaitGraph waits) {
        this.registry = registry;
        this.waits = waits;
    }

    /** The modules that are registered, or deregistering with bindings left, in the order of their numbers. */
    public List<ModuleSnapshot> modules() {
        return everyModule()
                .flatMap(module -> module.snapshot().stream())
                .sorted(Comparator.comparingLong(module -> module.module().id()))
                .toList();
    }

    private Stream<NetworkModule> everyModule() {
        return registry.groups().stream().flatMap(group -> group.modules().stream());
    }

    /** The bindings that there are, offers under way among them, in the order of their numbers. */
    public List<BindingSnapshot> bindings() {
        return snapshots(everyBinding());
    }

    /**
     * The bindings of these modules, each once, in the order of their numbers.
     *
     * @param registrations registrations of this engine's
     */
    public List<BindingSnapshot> bindings(Collection<? extends Registration> registrations) {
        return snapshots(bindingsOf(registrations));
    }

    private static List<BindingSnapshot> snapshots(Stream<Binding> bindings) {
        return bindings.flatMap(binding -> binding.snapshot().stream())
                .sorted(Comparator.comparingLong(BindingSnapshot::id))
                .toList();
    }

    /** Each is in the list of its client, and of its provider. */
    private Stream<Binding> everyBinding() {
        return everyModule()
                .filter(module -> module.role() == Role.CLIENT)
                .flatMap(client -> client.sidesNow().stream())
                .map(Side::binding);
    }

    private static Stream<Binding> bindingsOf(Collection<? extends Registration> registrations) {
        Set<Binding> bindings = new LinkedHashSet<>();
        registrations.forEach(registration ->
                ((NetworkModule) registration).sidesNow().forEach(side -> bindings.add(side.binding())));
        return bindings.stream();
    }

    /**
     * How much these modules have to end.
     *
     * @param registrations registrations of this engine's
     * @return a count that may be stale when it is returned
     */
    public Load load(Collection<? extends Registration> registrations) {
        List<OptionalLong> calls = bindingsOf(registrations)
                .map(Binding::callsInProgress)
                .filter(OptionalLong::isPresent)
                .toList();
        return new Load(
                registrations.size(), calls.size(), calls.stream().mapToLong(OptionalLong::getAsLong).sum());
    }

    /**
     * One binding; looks through all of them.
     *
     * @param id its number
     * @return it, or empty if there is none of this number, or none any more
     */
    public Optional<BindingSnapshot> binding(long id) {
        return find(id).flatMap(Binding::snapshot);
    }

    /**
     * One binding, with the threads inside of its tracked calls, as far as they are known: see
     * {@link CallChain#threadsInside}. It looks at their stacks, for which the virtual machine halts each of them for a
     * moment.
     *
     * @param id its number
     * @return it, or empty if there is none of this number, or none any more
     */
    public Optional<BindingReport> report(long id) {
        return find(id).flatMap(binding -> binding.snapshot().map(snapshot ->
                new BindingReport(snapshot, binding.sides().stream().flatMap(EngineView::calls).toList())));
    }

    private static Stream<CallSnapshot> calls(Side side) {
        CallGate.Closer gate = side.gate();
        return gate == null
                ? Stream.empty()
                : CallChain.threadsInside(gate.gate()).stream().map(thread -> call(thread, side.role(), gate.gate()));
    }

    /** A thread that has left the call when its stack has been taken was perhaps elsewhere by then. */
    private static CallSnapshot call(Thread thread, Role caller, CallGate gate) {
        List<String> stack = Stream.of(thread.getStackTrace()).map(StackTraceElement::toString).toList();
        boolean isStillInside = CallChain.threadsInside(gate).contains(thread);
        return new CallSnapshot(caller, thread.getId(), thread.getName(), isStillInside ? stack : List.of());
    }

    /**
     * The threads inside tracked calls that keep sides of these modules' bindings from completing their detach.
     *
     * @param registrations registrations of this engine's
     * @return each thread once for each side whose call it is inside of
     */
    public List<Caller> callers(Collection<? extends Registration> registrations) {
        return bindingsOf(registrations)
                .flatMap(binding -> binding.sides().stream())
                .flatMap(EngineView::callers)
                .toList();
    }

    private static Stream<Caller> callers(Side side) {
        CallGate.Closer gate = side.gateThatHoldsDetach();
        return gate == null
                ? Stream.empty()
                : CallChain.threadsInside(gate.gate()).stream()
                        .map(thread -> new Caller(side.binding().id(), side.module().ref(), thread));
    }

    /**
     * What a module is called, during its registration and after it.
     *
     * @param registration a registration, or null
     * @return its name; empty if it is none of this engine's
     */
    public Optional<ModuleRef> ref(Registration registration) {
        return registration instanceof NetworkModule module && module.group().registry() == registry
                ? Optional.of(module.ref())
                : Optional.empty();
    }

    /**
     * Whether a thread does nothing but wait in its innermost drain; see {@link WaitGraph#idleWait}.
     *
     * @param thread any thread
     * @return 0 if not; two equal answers mean that it was idle throughout
     */
    public long idleWait(Thread thread) {
        return waits.idleWait(thread);
    }

    /** The binding of a number; looks through all of them. */
    public Optional<Binding> find(long id) {
        return everyBinding().filter(binding -> binding.id() == id).findFirst();
    }
}
