package io.nmr.health;

import io.nmr.api.runtime.ModuleRef;
import io.nmr.api.runtime.ModuleSnapshot;
import io.nmr.api.runtime.ModuleState;
import io.nmr.api.runtime.RegistrarEvent;
import io.nmr.api.runtime.RegistrarListener;
import io.nmr.api.runtime.RegistrarRuntime;
import io.nmr.api.runtime.Role;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.ResultLog;

/**
 * A warning for each client that has had no provider for longer than a grace, which lets a provider be replaced; a mention
 * for each provider without a client.
 *
 * <p><b>Threading.</b> Any thread.
 */
final class UnboundCheck implements HealthCheck, RegistrarListener {

    private final Registrar registrar;
    private final InstantSource clock;
    private final Duration grace;
    /** When a module, by id, last lost a binding; of those that there are. */
    private final Map<Long, Instant> lastLoss = new ConcurrentHashMap<>();

    UnboundCheck(Registrar registrar, InstantSource clock, Duration grace) {
        this.registrar = registrar;
        this.clock = clock;
        this.grace = grace;
    }

    @Override
    public void event(RegistrarEvent event) {
        if (event instanceof RegistrarEvent.OfBinding binding && endsBinding(binding.kind())) {
            lastLoss.put(binding.client().id(), binding.time());
            lastLoss.put(binding.provider().id(), binding.time());
        } else if (event instanceof RegistrarEvent.OfModule module && module.kind() == RegistrarEvent.OfModule.Kind.DEREGISTERED) {
            lastLoss.remove(module.module().id());
        }
    }

    private static boolean endsBinding(RegistrarEvent.OfBinding.Kind kind) {
        return switch (kind) {
            case DETACHED, DROPPED -> true;
            case OFFERED, REFUSED, ATTACHED, DETACHING, OVERDUE -> false;
        };
    }

    @Override
    public Result execute() {
        return registrar.check(this::find);
    }

    private ResultLog find(RegistrarRuntime runtime) {
        List<ModuleSnapshot> modules = runtime.modules();
        lastLoss.keySet().retainAll(modules.stream().map(module -> module.module().id()).collect(Collectors.toSet()));
        return new Findings()
                .add(Result.Status.OK, modules.size() + " modules")
                .add(Result.Status.OK, unbound(modules, Role.PROVIDER, "no client"))
                .add(Result.Status.WARN, unbound(modules, Role.CLIENT, "no provider"))
                .log();
    }

    private List<String> unbound(List<ModuleSnapshot> modules, Role role, String lacks) {
        return modules.stream()
                .filter(module -> module.module().role() == role && module.state() == ModuleState.REGISTERED)
                .filter(module -> module.bindings() == 0 && unboundFor(module).compareTo(grace) >= 0)
                .map(module -> sentence(module.module(), lacks, unboundFor(module)))
                .toList();
    }

    private Duration unboundFor(ModuleSnapshot module) {
        Instant loss = lastLoss.getOrDefault(module.module().id(), module.since());
        return Duration.between(loss.isAfter(module.since()) ? loss : module.since(), clock.instant());
    }

    private static String sentence(ModuleRef module, String lacks, Duration unboundFor) {
        return module.bundle() + " has had " + lacks + " of " + module.npiName() + " for " + Findings.shown(unboundFor);
    }
}
