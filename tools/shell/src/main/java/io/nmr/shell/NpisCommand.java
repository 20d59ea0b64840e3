package io.nmr.shell;

import static io.nmr.shell.Table.name;
import static io.nmr.shell.Table.number;
import static io.nmr.shell.Table.text;

import io.nmr.api.runtime.ModuleSnapshot;
import io.nmr.api.runtime.RegistrarRuntime;
import io.nmr.api.runtime.Role;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code nmr:npis}. */
@Command(name = "nmr:npis", description = "Lists the NPIs, with how many modules and bindings each has.")
final class NpisCommand implements NmrCommand {

    @Mixin
    OutputOptions output;

    @Override
    public void run(Console console) {
        List<Row> rows = rows(console.runtime());
        output.print(console.out(), rows, () -> rows.isEmpty() ? String.format("No NPI: no module.%n") : table(rows));
    }

    private static List<Row> rows(RegistrarRuntime runtime) {
        Map<String, Long> bindings = runtime.bindings().stream()
                .collect(Collectors.groupingBy(binding -> binding.client().module().npiId(), Collectors.counting()));
        return runtime.modules().stream()
                .collect(Collectors.groupingBy(module -> module.module().npiId(), LinkedHashMap::new, Collectors.toList()))
                .entrySet().stream()
                .map(npi -> Row.of(npi.getKey(), npi.getValue(), bindings.getOrDefault(npi.getKey(), 0L)))
                .toList();
    }

    private static String table(List<Row> rows) {
        Table table = new Table(name("NPI", 8), text("ID"), number("CLIENTS"), number("PROVIDERS"), number("BINDINGS"));
        rows.forEach(row -> table.row(row.name(), row.id(), row.clients(), row.providers(), row.bindings()));
        return table.toString();
    }

    /** An NPI and what it has. */
    record Row(String id, String name, long clients, long providers, long bindings) {

        private static Row of(String id, List<ModuleSnapshot> modules, long bindings) {
            return new Row(id, modules.get(0).module().npiName(), count(modules, Role.CLIENT), count(modules, Role.PROVIDER), bindings);
        }

        private static long count(List<ModuleSnapshot> modules, Role role) {
            return modules.stream().filter(module -> module.module().role() == role).count();
        }
    }
}
