package io.nmr.conformance.mutants;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A registrar that breaks a rule: one source file of it, otherwise.
 *
 * @param rule the rule that it breaks
 * @param what what it does wrong
 * @param file the source file, from the root of the project
 * @param edits what stands there, and what stands there instead
 */
public record Mutant(String rule, String what, String file, List<Edit> edits) {

    static final Path ROOT = Path.of("..", "..");

    private static final String API = "api/src/main/java/io/nmr/api/";
    private static final String ENGINE = "engine/src/main/java/io/nmr/engine/";

    /** One replacement; {@code from} stands in the file exactly once. */
    record Edit(String from, String to) {}

    static Mutant ofEngine(String rule, String what, String type) {
        return new Mutant(rule, what, ENGINE + type + ".java", List.of());
    }

    static Mutant ofApi(String rule, String what, String type) {
        return new Mutant(rule, what, API + type + ".java", List.of());
    }

    Mutant with(String from, String to) {
        List<Edit> more = new ArrayList<>(edits);
        more.add(new Edit(from, to));
        return new Mutant(rule, what, file, List.copyOf(more));
    }

    /** The name of the class whose source is mutated. */
    String type() {
        return file.substring(file.indexOf("io/nmr/"), file.length() - ".java".length()).replace('/', '.');
    }

    String source() {
        String source = read(ROOT.resolve(file));
        for (Edit edit : edits) {
            source = edited(source, edit);
        }
        return source;
    }

    private String edited(String source, Edit edit) {
        int at = source.indexOf(edit.from());
        if (at < 0 || source.indexOf(edit.from(), at + 1) >= 0) {
            throw new AssertionError(this + ": " + file + " is to hold, exactly once: " + edit.from());
        }
        return source.substring(0, at) + edit.to() + source.substring(at + edit.from().length());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return rule + ": " + what;
    }
}
