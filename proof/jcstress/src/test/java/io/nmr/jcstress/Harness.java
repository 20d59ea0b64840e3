package io.nmr.jcstress;

import static java.util.stream.Collectors.toCollection;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What one run of jcstress came to. It runs in a process of its own, which is gone when this is there, with all that it
 * has started.
 *
 * @param output what it printed
 * @param passed the tests in which nothing forbidden was seen
 * @param forbidden those in which something was
 * @param failed all that did not pass: those, and what did not run
 */
record Harness(String output, SortedSet<String> passed, SortedSet<String> forbidden, SortedSet<String> failed) {

    private static final Path RESULTS = Path.of(System.getProperty("jcstress.results", "target/jcstress"));

    private static final Pattern PASSED = Pattern.compile("\\[OK] io\\.nmr\\.(?:api|engine|registrar)\\.(\\S+)");
    private static final Pattern FAILED = Pattern.compile("\\[(?!OK])[A-Z_ ]+] io\\.nmr\\.(?:api|engine|registrar)\\.(\\S+)");
    private static final Pattern FORBIDDEN = Pattern.compile("\\[FAILED] io\\.nmr\\.api\\.(\\S+)");

    /** Runs the tests of the gate that the effort is for, and these. */
    static Harness run(Effort effort, String... more) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(RESULTS.resolve(effort.name().toLowerCase(Locale.ROOT)));
        File printed = folder.resolve("output.txt").toFile();
        Process process = new ProcessBuilder(command(effort.options(more)))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(printed)
                .start();
        try {
            process.waitFor(effort.most().toSeconds(), TimeUnit.SECONDS);
        } finally {
            end(process);
        }
        String output = Files.readString(printed.toPath());
        return new Harness(output, names(PASSED, output), names(FORBIDDEN, output), names(FAILED, output));
    }

    private static List<String> command(List<String> options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "org.openjdk.jcstress.Main", "-r", "."));
        command.addAll(options);
        return command;
    }

    private static void end(Process process) throws InterruptedException {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        all.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle each : all) {
            each.onExit().join();
        }
    }

    private static SortedSet<String> names(Pattern pattern, String output) {
        return pattern.matcher(output).results().map(Harness::name).collect(toCollection(TreeSet::new));
    }

    private static String name(MatchResult found) {
        return found.group(1);
    }
}
