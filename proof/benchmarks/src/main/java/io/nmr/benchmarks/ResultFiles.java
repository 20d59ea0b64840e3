package io.nmr.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;

/** The results of one Java version: JMH's JSON of each round, and beside it what they were measured on. */
final class ResultFiles {

    private static final String COMMIT = "nmr.benchmarks.commit";

    private final Path folder;
    private final String java = "java" + Runtime.version().feature();

    ResultFiles(Path folder) {
        this.folder = folder;
    }

    /** Removes those of an earlier run of this version. */
    void clear() throws IOException {
        Files.createDirectories(folder);
        try (DirectoryStream<Path> old = Files.newDirectoryStream(folder, java + "-*")) {
            for (Path file : old) {
                Files.delete(file);
            }
        }
    }

    void write(Collection<RunResult> measured, int round, int dropped) throws IOException {
        Path file = folder.resolve(java + "-round" + round + ".json");
        ResultFormatFactory.getInstance(ResultFormatType.JSON, file.toString()).writeOut(measured);
        // JMH writes where its Java and its jars are: of no use to a reader, and different on each machine
        Files.writeString(
                file, Files.readString(file).replaceAll("(?s)\"(jvm|jvmArgs)\" : (\"[^\"]*\"|\\[.*?]),\\s*", ""));
        Files.write(folder.resolve(java + "-run.properties"), List.of(
                "java=" + Runtime.version(),
                "vm=" + System.getProperty("java.vm.name") + ", " + System.getProperty("java.vendor"),
                "machine=" + machine(),
                "commit=" + System.getProperty(COMMIT, "unknown"),
                "date=" + LocalDate.now(),
                "rounds=" + round,
                "dropped=" + dropped));
    }

    private static String machine() throws IOException {
        return Runtime.getRuntime().availableProcessors() + " processors, " + proc("/proc/cpuinfo", "model name") + ", "
                + proc("/proc/meminfo", "MemTotal") + ", " + System.getProperty("os.name") + " "
                + System.getProperty("os.version") + ", " + System.getProperty("os.arch");
    }

    /** The value of a key; nothing where there is no such file. */
    private static String proc(String file, String key) throws IOException {
        Path path = Path.of(file);
        if (!Files.exists(path)) {
            return "unknown " + key;
        }
        return Files.readAllLines(path, StandardCharsets.UTF_8).stream()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown " + key);
    }
}
