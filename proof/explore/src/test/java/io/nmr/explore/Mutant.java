package io.nmr.explore;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * The engine as it is, but for some lines of one class. It is made from the sources each time, so it never drifts from
 * them: a line that is no longer there, once, fails the test.
 *
 * @param name names it
 * @param file the source file in the engine's package
 * @param edits what is changed
 */
record Mutant(String name, String file, List<Edit> edits) {

    private static final Path SOURCES = Path.of(System.getProperty("explore.engine.sources"), "io", "nmr", "engine");
    private static final Path TARGET = Path.of(System.getProperty("explore.results"), "mutants");
    private static final String ENGINE = "io.nmr.engine.";

    /** One change of the source: {@code line} is there exactly once. */
    record Edit(String line, String becomes) {

        private String applied(String source, String file) {
            int at = source.indexOf(line);
            if (at < 0 || source.indexOf(line, at + 1) >= 0) {
                throw new AssertionError(file + " was expected to have exactly once: " + line);
            }
            return source.replace(line, becomes);
        }
    }

    static Mutant of(String name, String file, String line, String becomes) {
        return new Mutant(name, file, List.of(new Edit(line, becomes)));
    }

    Mutant and(String line, String becomes) {
        return new Mutant(name, file, Stream.concat(edits.stream(), Stream.of(new Edit(line, becomes))).toList());
    }

    /** Compiles it, loads it beside the product's engine, and answers what makes such engines. */
    Subject.Factory engines() {
        Path classes = compiled();
        try {
            ClassLoader loader = new EngineLoader(EngineLoader.url(classes));
            Class<?> subject = loader.loadClass(EngineSubject.class.getName());
            return (Subject.Factory) subject.getMethod("factory").invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("the mutant " + name + " cannot be loaded", e);
        }
    }

    private Path compiled() {
        try {
            Files.createDirectories(TARGET);
            Path classes = Files.createTempDirectory(TARGET, name);
            Path mutated = classes.resolve(Path.of(file).getFileName());
            Files.writeString(mutated, mutated());
            int failed = ToolProvider.getSystemJavaCompiler().run(
                    null, null, null,
                    "-proc:none", "-nowarn", "-cp", System.getProperty("java.class.path"),
                    "-d", classes.toString(), mutated.toString());
            if (failed != 0) {
                throw new AssertionError("the mutant " + name + " does not compile: " + mutated);
            }
            return classes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String mutated() throws IOException {
        String source = Files.readString(SOURCES.resolve(file));
        for (Edit edit : edits) {
            source = edit.applied(source, file);
        }
        return source;
    }

    @Override
    public String toString() {
        return name;
    }

    /** Has an engine of its own, the mutant's classes first; everything else is its parent's. */
    private static final class EngineLoader extends URLClassLoader {

        private EngineLoader(URL mutant) {
            super(Stream.concat(Stream.of(mutant), classPath()).toArray(URL[]::new), Mutant.class.getClassLoader());
        }

        private static Stream<URL> classPath() {
            return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                    .map(entry -> url(Path.of(entry)));
        }

        private static URL url(Path path) {
            try {
                return path.toUri().toURL();
            } catch (MalformedURLException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        protected Class<?> loadClass(String className, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(className)) {
                boolean own = className.startsWith(ENGINE) || className.equals(EngineSubject.class.getName());
                if (!own) {
                    return super.loadClass(className, resolve);
                }
                Class<?> loaded = findLoadedClass(className);
                return loaded == null ? findClass(className) : loaded;
            }
        }
    }
}
