package io.nmr.api.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;

/** A registrar that shows what a test puts in, for the tests of the tools. */
public final class FakeRuntime implements RegistrarRuntime {

    public static final BundleRef CLIENT_BUNDLE = new BundleRef(5, "io.nmr.sample.client", "1.0.0");
    public static final BundleRef OLD_BUNDLE = new BundleRef(6, "io.nmr.sample.provider", "1.0.0");
    public static final BundleRef NEW_BUNDLE = new BundleRef(11, "io.nmr.sample.provider", "2.0.0");
    public static final ModuleRef CLIENT = module(1, Role.CLIENT, CLIENT_BUNDLE);
    public static final ModuleRef OLD = module(2, Role.PROVIDER, OLD_BUNDLE);
    public static final ModuleRef NEW = module(3, Role.PROVIDER, NEW_BUNDLE);
    public static final Instant MORNING = Instant.parse("2026-03-01T08:00:00Z");

    public final List<ModuleSnapshot> modules = new CopyOnWriteArrayList<>();
    public final List<BindingSnapshot> bindings = new CopyOnWriteArrayList<>();
    public final List<DrainSnapshot> drains = new CopyOnWriteArrayList<>();
    public final List<CallSnapshot> calls = new CopyOnWriteArrayList<>();
    public volatile Counters counters = new Counters(9, 7, 2, 5, 1, 1, 0, 3, 4, 6);
    public volatile DrainTimes drainTimes =
            new DrainTimes(5, Duration.ofMillis(12), Duration.ofMillis(1980), Duration.ofMillis(2030));

    public static ModuleRef module(long id, Role role, BundleRef bundle) {
        return new ModuleRef(
                id,
                role,
                "4be0f1a0-6d0c-4f67-9a3e-3a7f6e2f4b10",
                "address lookup",
                "0c9f3f0e-51f4-4f57-8f3b-9a8f3f6b7e21",
                role == Role.PROVIDER ? id - 1 : 1,
                bundle);
    }

    public static ModuleSnapshot registered(ModuleRef module, int bindings) {
        return new ModuleSnapshot(module, ModuleState.REGISTERED, MORNING, bindings);
    }

    public static BindingSnapshot attached(long id, ModuleRef client, ModuleRef provider) {
        return new BindingSnapshot(
                id,
                BindingState.ATTACHED,
                false,
                Duration.ZERO,
                side(client, 1, SideSnapshot.Owes.NOTHING),
                side(provider, 0, SideSnapshot.Owes.NOTHING));
    }

    /** The client has one call in progress, and the provider's calls are not tracked. */
    public static BindingSnapshot detaching(long id, ModuleRef client, ModuleRef provider, boolean overdue) {
        return new BindingSnapshot(
                id,
                BindingState.DETACHING,
                overdue,
                Duration.ofMillis(1204),
                side(client, 1, SideSnapshot.Owes.COMPLETION),
                new SideSnapshot(provider, OptionalLong.empty(), SideSnapshot.Owes.NOTHING));
    }

    public static DrainSnapshot drain(long id, BundleRef bundle, Duration remaining, BindingSnapshot... bindings) {
        return new DrainSnapshot(
                id, bundle.toString(), MORNING, Duration.ofMillis(1204), remaining, 1, List.of(bindings));
    }

    public static CallSnapshot call(long thread) {
        return new CallSnapshot(
                Role.CLIENT,
                thread,
                "worker " + thread,
                List.of(
                        "java.lang.Thread.sleep(Native Method)",
                        "io.nmr.sample.provider.TableLookup.lookup(TableLookup.java:71)"));
    }

    private static SideSnapshot side(ModuleRef module, long calls, SideSnapshot.Owes owes) {
        return new SideSnapshot(module, OptionalLong.of(calls), owes);
    }

    /** The client is attached to the old provider. */
    public FakeRuntime attachedToOld() {
        modules.add(registered(CLIENT, 1));
        modules.add(registered(OLD, 1));
        bindings.add(attached(1, CLIENT, OLD));
        return this;
    }

    /** The old provider's bundle stops, and waits for a call of the client's. */
    public FakeRuntime draining() {
        modules.add(registered(CLIENT, 1));
        modules.add(new ModuleSnapshot(OLD, ModuleState.DEREGISTERING, MORNING, 1));
        bindings.add(detaching(1, CLIENT, OLD, false));
        drains.add(drain(4, OLD_BUNDLE, Duration.ofMillis(18_796), bindings.get(0)));
        calls.add(call(42));
        return this;
    }

    /** As {@link #draining}, after the timeout. */
    public FakeRuntime overdue() {
        modules.add(registered(CLIENT, 1));
        modules.add(new ModuleSnapshot(OLD, ModuleState.ABANDONED, MORNING, 1));
        bindings.add(detaching(1, CLIENT, OLD, true));
        calls.add(call(42));
        return this;
    }

    @Override
    public List<ModuleSnapshot> modules() {
        return List.copyOf(modules);
    }

    @Override
    public List<BindingSnapshot> bindings() {
        return List.copyOf(bindings);
    }

    @Override
    public Optional<BindingReport> binding(long id) {
        return find(id).map(binding -> new BindingReport(binding, calls));
    }

    private Optional<BindingSnapshot> find(long id) {
        return bindings.stream().filter(binding -> binding.id() == id).findFirst();
    }

    @Override
    public List<DrainSnapshot> drains() {
        return new ArrayList<>(drains);
    }

    @Override
    public Counters counters() {
        return counters;
    }

    @Override
    public DrainTimes drainTimes() {
        return drainTimes;
    }

    @Override
    public boolean abandon(long id) {
        Optional<BindingSnapshot> found = find(id)
                .filter(binding -> binding.state() == BindingState.DETACHING && !binding.overdue());
        found.ifPresent(binding -> bindings.set(
                bindings.indexOf(binding), detaching(id, binding.client().module(), binding.provider().module(), true)));
        return found.isPresent();
    }

    @Override
    public boolean drop(long id) {
        return bindings.removeIf(binding -> binding.id() == id
                && binding.overdue()
                && (binding.state() == BindingState.DETACHING || binding.state() == BindingState.CLEANING));
    }
}
