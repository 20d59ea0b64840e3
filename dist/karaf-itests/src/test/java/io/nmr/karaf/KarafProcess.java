package io.nmr.karaf;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A Karaf in a process of its own, started and stopped by its scripts, with the samples among its boot features. */
final class KarafProcess implements AutoCloseable {

    private static final Pattern PORT = Pattern.compile("Listening on http://localhost:(\\d+)/");

    private final Path home = Path.of(System.getProperty("karaf.home"));
    private final Process process;

    KarafProcess(String... systemProperties) throws IOException {
        deleteIfThere(home.resolve("data"));
        writeConfiguration(systemProperties);
        process = script("karaf", "server").start();
    }

    private static void deleteIfThere(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
            }
        }
    }

    private void writeConfiguration(String... systemProperties) throws IOException {
        put("org.apache.karaf.features.cfg", "featuresRepositories = "
                + "mvn:org.apache.karaf.features/framework/" + System.getProperty("karaf.version") + "/xml/features, "
                + "mvn:org.apache.karaf.features/standard/" + System.getProperty("karaf.version") + "/xml/features, "
                + "mvn:io.nmr/io.nmr.karaf/" + System.getProperty("nmr.version") + "/xml/features",
                "featuresBoot = (framework, log, configuration, deployer), nmr-samples",
                "featuresBootAsynchronous = false");
        put("org.ops4j.pax.url.mvn.cfg",
                "org.ops4j.pax.url.mvn.defaultRepositories = "
                        + "${karaf.home.uri}${karaf.default.repository}@id=system.repository@snapshots, "
                        + new File(System.getProperty("kar.repository")).toURI() + "@id=kar@snapshots",
                "org.ops4j.pax.url.mvn.repositories = ",
                "org.ops4j.pax.url.mvn.localRepository = "
                        + System.getProperty("org.ops4j.pax.url.mvn.localRepository"));
        Path properties = home.resolve("etc/system.properties");
        Path original = home.resolve("etc/system.properties.original");
        if (!Files.exists(original)) {
            Files.copy(properties, original);
        }
        Files.writeString(properties, Files.readString(original));
        Files.write(properties, List.of(systemProperties), StandardOpenOption.APPEND);
    }

    private void put(String file, String... lines) throws IOException {
        Files.write(home.resolve("etc").resolve(file), List.of(lines));
    }

    private ProcessBuilder script(String name, String... arguments) {
        ProcessBuilder builder = new ProcessBuilder(home.resolve("bin").resolve(name).toString());
        builder.command().addAll(List.of(arguments));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.redirectErrorStream(true).redirectOutput(home.resolve(name + ".out").toFile());
        return builder;
    }

    KarafLog log() {
        Path file = home.resolve("data/log/karaf.log");
        Await.until("Karaf's log", () -> Files.exists(file) || !process.isAlive());
        return KarafLog.whole(file);
    }

    /** The gateway, once it listens. */
    Gateway gateway() {
        Matcher port = PORT.matcher(log().await("Listening on", line -> true));
        if (!port.find()) {
            throw new AssertionError("no port in the gateway's record");
        }
        return new Gateway(Integer.parseInt(port.group(1)));
    }

    /** Begins a shutdown, as an operator does. */
    void stop() throws IOException, InterruptedException {
        Process stop = script("stop").start();
        if (!stop.waitFor(Await.SECONDS, TimeUnit.SECONDS)) {
            stop.destroyForcibly();
            throw new AssertionError("bin/stop did not end");
        }
    }

    int awaitEnd() throws InterruptedException {
        if (!process.waitFor(Await.SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("Karaf did not end in " + Await.SECONDS + " s");
        }
        return process.exitValue();
    }

    /** Whatever happened, nothing of it stays behind. */
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
