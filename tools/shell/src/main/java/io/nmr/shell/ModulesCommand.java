package io.nmr.shell;

import static io.nmr.shell.Table.name;
import static io.nmr.shell.Table.number;
import static io.nmr.shell.Table.text;

import io.nmr.api.runtime.ModuleRef;
import io.nmr.api.runtime.ModuleSnapshot;
import java.util.List;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code nmr:modules}. */
@Command(
        name = "nmr:modules",
        description = {
            "Lists the modules: registered, or going with bindings left.",
            "",
            "NO is the implementation number; BINDINGS counts those of all states. An abandoned module is one for which"
                    + " nobody waits any longer."
        })
final class ModulesCommand implements NmrCommand {

    @Mixin
    ModuleFilter filter;

    @Mixin
    OutputOptions output;

    @Override
    public void run(Console console) {
        List<ModuleSnapshot> modules = console.runtime().modules();
        Predicate<ModuleRef> picked = filter.among(modules);
        List<ModuleSnapshot> rows = modules.stream().filter(module -> picked.test(module.module())).toList();
        output.print(console.out(), rows, () -> rows.isEmpty() ? String.format("No module.%n") : table(rows));
    }

    private static String table(List<ModuleSnapshot> modules) {
        Table table = new Table(
                number("ID"), text("ROLE"), name("NPI", 10), number("NO"), name("BUNDLE", 12), text("STATE"), number("BINDINGS"));
        modules.forEach(module -> table.row(
                module.module().id(),
                Shown.of(module.module().role()),
                module.module().npiName(),
                module.module().number(),
                module.module().bundle(),
                Shown.of(module.state()),
                module.bindings()));
        return table.toString();
    }
}
