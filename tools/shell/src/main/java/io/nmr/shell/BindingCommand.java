package io.nmr.shell;

import io.nmr.api.runtime.BindingReport;
import io.nmr.api.runtime.BindingSnapshot;
import io.nmr.api.runtime.BindingState;
import io.nmr.api.runtime.CallSnapshot;
import io.nmr.api.runtime.ModuleRef;
import io.nmr.api.runtime.RegistrarRuntime;
import io.nmr.api.runtime.SideSnapshot;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code nmr:binding}. */
@Command(
        name = "nmr:binding",
        description = {
            "Shows one binding: its sides, what it waits for, its calls.",
            "",
            "There may be fewer threads than calls in progress: a call that went asynchronous has none."
        })
final class BindingCommand implements NmrCommand {

    @Parameters(paramLabel = "ID", description = "The binding, as nmr:bindings and nmr:drains number it.")
    long id;

    @Option(names = "--frames", paramLabel = "N", defaultValue = "12", description = "How much of each stack (default 12).")
    int frames;

    @Mixin
    OutputOptions output;

    @Override
    public void run(Console console) {
        RegistrarRuntime runtime = console.runtime();
        BindingReport report = runtime.binding(id).orElseThrow(() -> BindingIds.unknown(id, runtime));
        output.print(console.out(), report, () -> heading(report.binding()) + sides(report.binding()) + calls(report.calls()));
    }

    private static String heading(BindingSnapshot binding) {
        boolean leaving = binding.state() == BindingState.DETACHING || binding.state() == BindingState.CLEANING;
        return String.format(
                "Binding %d of %s: %s%s%s%n",
                binding.id(),
                binding.client().module().npiName(),
                Shown.of(binding.state()),
                leaving ? " for " + Shown.of(binding.leavingFor()) : "",
                binding.overdue() ? ", overdue: nobody waits for it" : "");
    }

    private static String sides(BindingSnapshot binding) {
        return binding.sides().stream().map(BindingCommand::side).collect(Collectors.joining());
    }

    private static String side(SideSnapshot side) {
        ModuleRef module = side.module();
        return String.format(
                "  %-8s  %s%n            module %d, number %d, id %s%n            %s; owes %s%n",
                Shown.of(module.role()),
                module.bundle(),
                module.id(),
                module.number(),
                module.moduleId(),
                calls(side.callsInProgress()),
                Shown.owes(side));
    }

    private static String calls(OptionalLong calls) {
        return calls.isPresent() ? "calls in progress " + calls.getAsLong() : "calls not tracked";
    }

    private String calls(List<CallSnapshot> calls) {
        return calls.isEmpty()
                ? String.format("No thread is known to be inside of its calls.%n")
                : calls.stream().map(this::call).collect(Collectors.joining());
    }

    private String call(CallSnapshot call) {
        String stack = call.stack().stream()
                .limit(Math.max(0, frames))
                .map(frame -> String.format("    at %s%n", frame))
                .collect(Collectors.joining());
        int hidden = call.stack().size() - Math.max(0, frames);
        return String.format("Thread \"%s\" (%d), in a call of the %s:%n", call.threadName(), call.threadId(), Shown.of(call.caller()))
                + stack
                + (hidden > 0 ? String.format("    .. %d more; --frames N shows more%n", hidden) : "");
    }
}
