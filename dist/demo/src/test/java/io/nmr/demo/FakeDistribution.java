package io.nmr.demo;

import io.nmr.api.NmrStatus;
import io.nmr.history.Recorder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Packs {@link FakeFramework} as a runnable jar, with two empty provider jars beside it. */
final class FakeDistribution {
    private static final List<Class<?>> CLASSES =
            List.of(FakeFramework.class, FakeFramework.Mode.class, FakeProvider.class, FakeGateway.class, Deadline.class,
                    FakeHistory.class, FakeHistory.Life.class);

    private final Path folder;

    private FakeDistribution(Path folder) {
        this.folder = folder;
    }

    static FakeDistribution in(Path folder, FakeFramework.Mode mode) throws IOException {
        FakeDistribution distribution = new FakeDistribution(folder);
        distribution.pack(mode);
        Files.createFile(folder.resolve("io.nmr.sample.provider-1.0.0.jar"));
        Files.createFile(folder.resolve("io.nmr.sample.provider-2.0.0.jar"));
        Files.createFile(folder.resolve("recorder.jar"));
        return distribution;
    }

    Path jar() {
        return folder.resolve("fake.jar");
    }

    String[] arguments(String... more) {
        List<String> arguments = new ArrayList<>(List.of("--dist", jar().toString(), "--providers", folder.toString(),
                "--recorder", folder.resolve("recorder.jar").toString()));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    private void pack(FakeFramework.Mode mode) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, FakeFramework.class.getName());
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, whereIs(Recorder.class) + " " + whereIs(NmrStatus.class));
        try (OutputStream file = Files.newOutputStream(jar()); JarOutputStream out = new JarOutputStream(file, manifest)) {
            out.putNextEntry(new JarEntry("mode"));
            out.write(mode.name().getBytes(StandardCharsets.UTF_8));
            for (Class<?> type : CLASSES) {
                add(out, type);
            }
        }
    }

    private static URL whereIs(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }

    private static void add(JarOutputStream out, Class<?> type) throws IOException {
        String name = type.getName().replace('.', '/') + ".class";
        out.putNextEntry(new JarEntry(name));
        try (InputStream in = type.getResourceAsStream("/" + name)) {
            in.transferTo(out);
        }
    }
}
