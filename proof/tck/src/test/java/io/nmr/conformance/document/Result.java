package io.nmr.conformance.document;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * What a test or a profile has measured and written to {@code docs/results}: properties {@code title}, {@code measured}
 * (when, and on what), {@code renew} (the command that does it again), and rows {@code row.01=what|value}, in the order
 * of their keys.
 */
record Result(String title, String measured, String renew, List<String> rows) {

    static List<Result> of(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".properties")).sorted().map(Result::read).toList();
        }
    }

    private static Result read(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new AssertionError(file + " cannot be read", e);
        }
        return new Result(
                required(properties, "title", file),
                required(properties, "measured", file),
                required(properties, "renew", file),
                properties.stringPropertyNames().stream()
                        .filter(key -> key.startsWith("row."))
                        .sorted()
                        .map(properties::getProperty)
                        .toList());
    }

    private static String required(Properties properties, String key, Path file) {
        String value = properties.getProperty(key);
        if (value == null) {
            throw new AssertionError(file + " is to have a " + key);
        }
        return value;
    }
}
