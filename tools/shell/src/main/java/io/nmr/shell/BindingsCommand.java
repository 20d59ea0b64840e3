package io.nmr.shell;

import static io.nmr.shell.Table.name;
import static io.nmr.shell.Table.number;
import static io.nmr.shell.Table.text;

import io.nmr.api.runtime.BindingSnapshot;
import io.nmr.api.runtime.BindingState;
import io.nmr.api.runtime.ModuleRef;
import io.nmr.api.runtime.RegistrarRuntime;
import java.util.List;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code nmr:bindings}. */
@Command(
        name = "nmr:bindings",
        description = {
            "Lists the bindings, offers under way included.",
            "",
            "C>P and P>C are the calls in progress from the client into the provider and back; a dash: not tracked."
        })
final class BindingsCommand implements NmrCommand {

    /** The states of a binding, and the flag. */
    enum State {
        ATTACHING,
        ATTACHED,
        DETACHING,
        CLEANING,
        OVERDUE;

        private boolean isOf(BindingSnapshot binding) {
            return this == OVERDUE ? binding.overdue() : binding.state() == BindingState.valueOf(name());
        }
    }

    @Option(names = "--state", paramLabel = "STATE", description = "Only those: ${COMPLETION-CANDIDATES}.")
    State state;

    @Mixin
    ModuleFilter filter;

    @Mixin
    OutputOptions output;

    @Override
    public void run(Console console) {
        List<BindingSnapshot> rows = rows(console.runtime());
        output.print(console.out(), rows, () -> rows.isEmpty() ? String.format("No binding.%n") : table(rows));
    }

    private List<BindingSnapshot> rows(RegistrarRuntime runtime) {
        Predicate<ModuleRef> picked = filter.among(runtime.modules());
        return runtime.bindings().stream()
                .filter(binding -> binding.sides().stream().anyMatch(side -> picked.test(side.module())))
                .filter(binding -> state == null || state.isOf(binding))
                .toList();
    }

    private static String table(List<BindingSnapshot> bindings) {
        Table table = new Table(
                number("ID"), text("STATE"), name("NPI", 8), name("CLIENT", 12), name("PROVIDER", 12), number("C>P"), number("P>C"));
        bindings.forEach(binding -> table.row(
                binding.id(),
                Shown.state(binding),
                binding.client().module().npiName(),
                binding.client().module().bundle(),
                binding.provider().module().bundle(),
                Shown.calls(binding.client().callsInProgress()),
                Shown.calls(binding.provider().callsInProgress())));
        return table.toString();
    }
}
