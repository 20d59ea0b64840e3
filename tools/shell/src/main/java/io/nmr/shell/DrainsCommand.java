package io.nmr.shell;

import static io.nmr.shell.Table.name;
import static io.nmr.shell.Table.number;
import static io.nmr.shell.Table.text;

import io.nmr.api.runtime.BindingSnapshot;
import io.nmr.api.runtime.DrainSnapshot;
import io.nmr.api.runtime.SideSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code nmr:drains}. */
@Command(
        name = "nmr:drains",
        description = {
            "Lists what stops just now, and which bindings it waits for.",
            "",
            "WAITS FOR is the side that owes something, CALLS its calls in progress (a dash: not tracked)."
        })
final class DrainsCommand implements NmrCommand {

    private static final int LONGEST = 3_600;

    @Option(names = {"-w", "--watch"}, description = "Redraw until there is none; Enter or an interrupt ends it, too.")
    boolean watch;

    @Option(
            names = "--for",
            paramLabel = "SECONDS",
            defaultValue = "300",
            description = "How long to watch at most (default 300, up to 3600).")
    int seconds;

    @Mixin
    OutputOptions output;

    @Override
    public void run(Console console) {
        check();
        if (watch) {
            watch(console);
        } else {
            List<DrainSnapshot> drains = console.runtime().drains();
            output.print(console.out(), drains, () -> drains.isEmpty() ? none() : drawn(drains));
        }
    }

    private void check() {
        if (seconds < 1 || seconds > LONGEST) {
            throw new IllegalArgumentException("--for takes 1 to " + LONGEST + " seconds, not " + seconds);
        }
        if (watch && output.json) {
            throw new IllegalArgumentException("--watch and --json exclude each other");
        }
    }

    private void watch(Console console) {
        boolean ended = new Watch(console.out(), console.terminal()).until(Duration.ofSeconds(seconds), () ->
                Optional.of(console.runtime().drains()).filter(drains -> !drains.isEmpty()).map(DrainsCommand::drawn));
        if (ended) {
            console.out().print(none());
        }
    }

    private static String none() {
        return String.format("No drain under way.%n");
    }

    private static String drawn(List<DrainSnapshot> drains) {
        return drains.stream().map(DrainsCommand::drawn).collect(Collectors.joining());
    }

    private static String drawn(DrainSnapshot drain) {
        return String.format(
                "Drain %d: %s%n  for %s, %s; %s, %s left%n%s",
                drain.id(),
                drain.what(),
                Shown.of(drain.age()),
                bound(drain.remaining()),
                Shown.count(drain.modules(), "module"),
                Shown.count(drain.bindings().size(), "binding"),
                drain.bindings().isEmpty() ? "" : table(drain.bindings()));
    }

    private static String bound(Duration remaining) {
        if (remaining == null) {
            return "without bound";
        }
        return remaining.isNegative() ? "its timeout has passed" : "at most " + Shown.of(remaining) + " more";
    }

    private static String table(List<BindingSnapshot> bindings) {
        Table table = new Table(
                number("BINDING"), text("STATE"), text("WAITS FOR"), name("BUNDLE", 12), name("WHICH OWES", 10), number("CALLS"));
        bindings.forEach(binding -> rows(table, binding));
        return table.indented("  ");
    }

    private static void rows(Table table, BindingSnapshot binding) {
        List<SideSnapshot> owing = binding.owing().toList();
        if (owing.isEmpty()) {
            table.row(binding.id(), Shown.state(binding), "nobody", "", "about to go on", "");
        }
        owing.forEach(side -> table.row(
                binding.id(),
                Shown.state(binding),
                Shown.of(side.module().role()),
                side.module().bundle(),
                Shown.owes(side),
                Shown.calls(side.callsInProgress())));
    }
}
