package io.nmr.shell;

import io.nmr.api.runtime.BindingSnapshot;
import io.nmr.api.runtime.BindingState;
import io.nmr.api.runtime.BundleRef;
import io.nmr.api.runtime.ModuleRef;
import io.nmr.api.runtime.ModuleSnapshot;
import io.nmr.api.runtime.ModuleState;
import io.nmr.api.runtime.RegistrarRuntime;
import io.nmr.api.runtime.Role;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What one bundle's providers lack until they can take over from another's: a provider of each NPI, and each client.
 * Clients of the two bundles themselves do not count: one of them goes, and the other need not call itself.
 */
final class Takeover {

    private final RegistrarRuntime runtime;
    private final BundleRef old;
    private final BundleRef fresh;
    /** What the old one provided to begin with, by id: what it provides later may be less. */
    private final Map<String, String> wanted;

    Takeover(RegistrarRuntime runtime, BundleRef old, BundleRef fresh) {
        this.runtime = runtime;
        this.old = old;
        this.fresh = fresh;
        this.wanted = providers(old)
                .collect(Collectors.toMap(ModuleRef::npiId, ModuleRef::npiName, (one, same) -> one, TreeMap::new));
    }

    /** Whether there is anything to take over. */
    boolean isPossible() {
        return !wanted.isEmpty();
    }

    /** Whether the old one provides no longer what it did, without our doing: it was stopped, or the registrar was. */
    boolean isOvertaken() {
        Set<String> provided = providers(old).map(ModuleRef::npiId).collect(Collectors.toSet());
        return !provided.containsAll(wanted.keySet());
    }

    /** The clients that are attached to the new one. */
    List<ModuleRef> attached() {
        return clients(fresh, binding -> binding.state() == BindingState.ATTACHED);
    }

    /** The clients of the old one that are not attached to the new one. */
    List<ModuleRef> missingClients() {
        Set<Long> attached = attached().stream().map(ModuleRef::id).collect(Collectors.toSet());
        return clients(old, any -> true).stream().filter(client -> !attached.contains(client.id())).toList();
    }

    /** The NPIs that the new one does not provide, by name. */
    List<String> missingNpis() {
        Set<String> provided = providers(fresh).map(ModuleRef::npiId).collect(Collectors.toSet());
        return wanted.entrySet().stream().filter(npi -> !provided.contains(npi.getKey())).map(Map.Entry::getValue).toList();
    }

    boolean isComplete() {
        return missingNpis().isEmpty() && missingClients().isEmpty();
    }

    /** The old one's bindings. */
    List<BindingSnapshot> oldBindings() {
        return bindingsOf(old).toList();
    }

    private List<ModuleRef> clients(BundleRef provider, Predicate<BindingSnapshot> which) {
        return bindingsOf(provider)
                .filter(which)
                .map(binding -> binding.client().module())
                .filter(this::counts)
                .distinct()
                .toList();
    }

    private boolean counts(ModuleRef client) {
        return !client.bundle().equals(old) && !client.bundle().equals(fresh);
    }

    private Stream<BindingSnapshot> bindingsOf(BundleRef bundle) {
        return runtime.bindings().stream().filter(binding -> binding.provider().module().bundle().equals(bundle));
    }

    private Stream<ModuleRef> providers(BundleRef bundle) {
        Predicate<ModuleSnapshot> registered = module -> module.state() == ModuleState.REGISTERED;
        return runtime.modules().stream()
                .filter(registered)
                .map(ModuleSnapshot::module)
                .filter(module -> module.role() == Role.PROVIDER && module.bundle().equals(bundle));
    }
}
