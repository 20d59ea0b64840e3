package io.nmr.health;

import io.nmr.api.runtime.BindingSnapshot;
import io.nmr.api.runtime.DrainSnapshot;
import io.nmr.api.runtime.RegistrarRuntime;
import io.nmr.api.runtime.SideSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.ResultLog;

/**
 * Critical while a binding is overdue: its calls go on in a module that has been torn down, or its module will never
 * complete. A warning while a drain has used up more than half of its time.
 */
final class DrainCheck implements HealthCheck {

    private final Registrar registrar;

    DrainCheck(Registrar registrar) {
        this.registrar = registrar;
    }

    @Override
    public Result execute() {
        return registrar.check(DrainCheck::find);
    }

    private static ResultLog find(RegistrarRuntime runtime) {
        List<String> overdue = runtime.bindings().stream().filter(BindingSnapshot::overdue).map(DrainCheck::overdue).toList();
        List<String> slow = runtime.drains().stream().filter(DrainCheck::isSlow).map(DrainCheck::slow).toList();
        return new Findings()
                .add(Result.Status.OK, runtime.drains().size() + " drains under way, " + overdue.size() + " bindings overdue")
                .add(Result.Status.WARN, slow)
                .add(Result.Status.CRITICAL, overdue)
                .log();
    }

    private static boolean isSlow(DrainSnapshot drain) {
        return drain.remaining() != null && drain.age().compareTo(drain.remaining()) > 0;
    }

    private static String slow(DrainSnapshot drain) {
        return "The drain of " + drain.what() + " has taken " + Findings.shown(drain.age()) + " and may take no more than "
                + Findings.shown(drain.remaining().isNegative() ? Duration.ZERO : drain.remaining()) + " more";
    }

    private static String overdue(BindingSnapshot binding) {
        String owing = binding.owing()
                .map(SideSnapshot::module)
                .map(module -> module.bundle().toString())
                .collect(Collectors.joining(" and "));
        return "Binding " + binding.id() + " of " + binding.client().module().npiName() + " is overdue, detaching for "
                + Findings.shown(binding.leavingFor()) + ": " + (owing.isEmpty() ? "about to go on" : owing + " owes its completion");
    }
}
