package io.nmr.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The sample's provider, of which one version is swapped for the other by shell commands. */
final class Provider {
    static final String NAME = "io.nmr.sample.provider";

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
            throw new DemoException(
                    active.size() + " active bundles " + NAME + " where one was expected: " + Shell.said(lines));
        }
        return active.get(0);
    }

    /** Installs the other version and returns its bundle id. */
    long installOther(Bundle running) throws DemoException, InterruptedException {
        return shell.install(otherJar(running), "the other provider", limits.command());
    }

    private Path otherJar(Bundle running) {
        return jar(jars, other(running.version()));
    }

    /** Starts the other one and stops the running one at once, so with calls in progress. */
    void replace(Bundle running, long other) throws DemoException, InterruptedException {
        String command = "start " + other + " ; " + Recording.leaves(running) + " ; stop " + running.id();
        List<String> lines = shell.run(command, limits.swap());
        if (running().id() != other) {
            throw new DemoException(
                    "bundle " + other + " did not take the place of " + running.id() + ": " + Shell.said(lines));
        }
    }

    /** Makes the other version of the running one, which stops for it, so with calls in progress, and starts again. */
    void update(Bundle running) throws DemoException, InterruptedException {
        String command =
                Recording.leaves(running) + " ; update " + running.id() + " '" + Shell.location(otherJar(running)) + "'";
        List<String> lines = shell.run(command, limits.swap());
        Bundle now = running();
        if (now.id() != running.id() || !now.version().equals(other(running.version()))) {
            throw new DemoException("bundle " + running.id() + " was not updated to " + other(running.version()) + ": "
                    + Shell.said(lines));
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
        return List.of("1.0.0", "2.0.0").stream()
                .map(version -> jar(jars, version))
                .filter(jar -> !Files.isRegularFile(jar))
                .findFirst();
    }
}
