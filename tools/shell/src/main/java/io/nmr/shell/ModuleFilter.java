package io.nmr.shell;

import io.nmr.api.runtime.ModuleRef;
import io.nmr.api.runtime.ModuleSnapshot;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** The options that pick modules. */
final class ModuleFilter {

    @Option(names = "--npi", paramLabel = "NPI", description = "Only this NPI: its name or its id.")
    String npi;

    @Option(
            names = "--bundle",
            paramLabel = "BUNDLE",
            description = "Only this bundle's: its id, its symbolic name, or name:version.")
    String bundle;

    /**
     * What the options pick.
     *
     * @throws IllegalArgumentException if an option picks none of these modules
     */
    Predicate<ModuleRef> among(List<ModuleSnapshot> modules) {
        check(modules, this::isOfNpi, "--npi " + npi, ModuleRef::npiName);
        check(modules, this::isOfBundle, "--bundle " + bundle, module -> module.bundle().toString());
        return module -> isOfNpi(module) && isOfBundle(module);
    }

    private boolean isOfNpi(ModuleRef module) {
        return npi == null || npi.equalsIgnoreCase(module.npiName()) || npi.equalsIgnoreCase(module.npiId());
    }

    private boolean isOfBundle(ModuleRef module) {
        return bundle == null || new BundleName(bundle).matches(module.bundle());
    }

    private static void check(
            List<ModuleSnapshot> modules, Predicate<ModuleRef> picks, String option, Function<ModuleRef, String> shown) {
        if (!modules.isEmpty() && modules.stream().map(ModuleSnapshot::module).noneMatch(picks)) {
            throw new IllegalArgumentException(option + " picks no module; there are: " + modules.stream()
                    .map(module -> shown.apply(module.module()))
                    .distinct()
                    .collect(Collectors.joining(", ")));
        }
    }
}
