package io.nmr.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The sample's provider, of which one version is swapped for the other by shell commands. */
final class Provider {
    static final String NAME = "io.nmr.sample.provider";
    private static final Pattern INSTALLED = Pattern.compile("Bundle ID: (\\d{1,18})");

    private final Shell shell;
    private final Path jars;
    private final Limits limits;

    Provider(Shell shell, Path jars, Limits limits) {
        this.shell = shell;
        this.jars = jars;
        this.limits = limits;
    }

    /** The one that is running. */
    Bundle running() throws DemoException, InterruptedException {
        List<String> lines = shell.run("lb -s " + NAME, limits.command());
        List<Bundle> active = lines.stream()
                .flatMap(line -> Bundle.parse(line).stream())
                .filter(bundle -> bundle.name().equals(NAME) && bundle.active())
                .toList();
        if (active.size() != 1) {
            throw new DemoException(active.size() + " active bundles " + NAME + " where one was expected: " + said(lines));
        }
        return active.get(0);
    }

    /** Installs the other version and returns its bundle id. */
    long installOther(Bundle running) throws DemoException, InterruptedException {
        List<String> lines = shell.run("install '" + location(running) + "'", limits.command());
        return lines.stream()
                .map(INSTALLED::matcher)
                .filter(Matcher::matches)
                .map(id -> Long.parseLong(id.group(1)))
                .findFirst()
                .orElseThrow(() -> new DemoException("the other provider was not installed: " + said(lines)));
    }

    private String location(Bundle running) {
        return jar(jars, other(running.version())).toUri().toString().replace("'", "%27");
    }

    /** Starts the other one and stops the running one at once, so with calls in progress. */
    void replace(Bundle running, long other) throws DemoException, InterruptedException {
        List<String> lines = shell.run("start " + other + " ; stop " + running.id(), limits.swap());
        if (running().id() != other) {
            throw new DemoException("bundle " + other + " did not take the place of " + running.id() + ": " + said(lines));
        }
    }

    /** Makes the other version of the running one, which stops for it, so with calls in progress, and starts again. */
    void update(Bundle running) throws DemoException, InterruptedException {
        List<String> lines = shell.run("update " + running.id() + " '" + location(running) + "'", limits.swap());
        Bundle now = running();
        if (now.id() != running.id() || !now.version().equals(other(running.version()))) {
            throw new DemoException("bundle " + running.id() + " was not updated to " + other(running.version()) + ": " + said(lines));
        }
    }

    void uninstall(Bundle stopped) throws DemoException, InterruptedException {
        shell.run("uninstall " + stopped.id(), limits.command());
    }

    /** Lets the shell and the registrar load what a swap needs: starts and stops the other version, the running one staying. */
    void rehearse() throws DemoException, InterruptedException {
        long other = installOther(running());
        shell.run("start " + other + " ; stop " + other, limits.swap());
        shell.run("uninstall " + other, limits.command());
    }

    static String other(String version) {
        return version.startsWith("1.") ? "2.0.0" : "1.0.0";
    }

    private static Path jar(Path jars, String version) {
        return jars.resolve(NAME + "-" + version + ".jar").toAbsolutePath();
    }

    /** The first jar that swapping would miss. */
    static Optional<Path> missing(Path jars) {
        return List.of("1.0.0", "2.0.0").stream().map(version -> jar(jars, version)).filter(jar -> !Files.isRegularFile(jar)).findFirst();
    }

    private static String said(List<String> lines) {
        return lines.isEmpty() ? "the shell said nothing" : "the shell said\n  | " + String.join("\n  | ", lines);
    }
}
