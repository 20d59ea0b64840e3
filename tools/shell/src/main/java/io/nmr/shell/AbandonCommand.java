package io.nmr.shell;

import io.nmr.api.runtime.BindingSnapshot;
import io.nmr.api.runtime.BindingState;
import io.nmr.api.runtime.RegistrarRuntime;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code nmr:abandon}. */
@Command(
        name = "nmr:abandon",
        description = {
            "Gives a detaching binding up early, or forgets an overdue one.",
            "",
            "Abandoned, a detaching binding is overdue at once, as if its detach timeout had passed: whoever stops goes"
                    + " on stopping, and calls in progress go on in a module that is being torn down. When they return,"
                    + " the binding still completes, and both sides clean up.",
            "",
            "Dropped, an overdue binding is forgotten: neither side is called again, not even to clean up. This is for"
                    + " a module that is known never to complete; it lets the registrar forget what it keeps of it."
        })
final class AbandonCommand implements NmrCommand {

    @Parameters(paramLabel = "ID", description = "The binding, as nmr:bindings and nmr:drains number it.")
    long id;

    @Option(names = "--drop", description = "Forget an overdue binding.")
    boolean drop;

    @Mixin
    OutputOptions output;

    @Override
    public void run(Console console) {
        RegistrarRuntime runtime = console.runtime();
        if (!(drop ? runtime.drop(id) : runtime.abandon(id))) {
            throw refused(runtime);
        }
        Outcome outcome = new Outcome(id, drop ? "dropped" : "overdue");
        output.print(console.out(), outcome, () -> drop
                ? String.format("Binding %d is forgotten.%n", id)
                : String.format("Binding %d is overdue: nobody waits for it any longer.%n", id));
    }

    private IllegalArgumentException refused(RegistrarRuntime runtime) {
        String state = runtime.binding(id)
                .map(report -> "binding " + id + " is " + state(report.binding()))
                .orElse("no binding " + id + ", or none any more");
        Predicate<BindingSnapshot> possible = drop ? AbandonCommand::canBeDropped : AbandonCommand::canBeAbandoned;
        return new IllegalArgumentException(state + "; only "
                + (drop ? "an overdue one outside of its attach callbacks can be dropped: " : "a detaching one that is not overdue can be abandoned: ")
                + BindingIds.list(runtime, possible));
    }

    /** Overdue is not all: inside its attach callbacks it is let return from these first. */
    private static String state(BindingSnapshot binding) {
        boolean both = binding.overdue() && !canBeDropped(binding);
        return Shown.state(binding) + (both ? ", and still " + Shown.of(binding.state()) : "");
    }

    private static boolean canBeDropped(BindingSnapshot binding) {
        return binding.overdue() && binding.state() != BindingState.ATTACHING && binding.state() != BindingState.ATTACHED;
    }

    private static boolean canBeAbandoned(BindingSnapshot binding) {
        return binding.state() == BindingState.DETACHING && !binding.overdue();
    }

    /** What became of a binding. */
    record Outcome(long binding, String now) {}
}
