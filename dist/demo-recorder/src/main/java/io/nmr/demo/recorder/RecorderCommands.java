package io.nmr.demo.recorder;

import io.nmr.api.ClientCharacteristics;
import io.nmr.history.ModuleRecorder;
import io.nmr.history.Recorder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.osgi.framework.ServiceRegistration;

/** The shell's commands {@code demo:leaves} and {@code demo:end}. */
public final class RecorderCommands {

    private final Recorder recorder;
    private final Lives lives;
    private final Callers callers;
    private final ModuleRecorder client;
    private final ServiceRegistration<ClientCharacteristics> registration;
    private final Path file;

    RecorderCommands(
            Recorder recorder,
            Lives lives,
            Callers callers,
            ModuleRecorder client,
            ServiceRegistration<ClientCharacteristics> registration,
            Path file) {
        this.recorder = recorder;
        this.lives = lives;
        this.callers = callers;
        this.client = client;
        this.registration = registration;
        this.file = file;
    }

    /**
     * Says that a provider is about to be stopped or updated: no event of a framework comes before the registrar's.
     *
     * @param bundle the id of its bundle
     * @throws IllegalArgumentException if it is no provider that has started
     */
    public void leaves(long bundle) {
        lives.leaves(bundle);
    }

    /**
     * Ends the recording: stops the callers, unregisters the client, which returns when it is detached everywhere (O1),
     * and writes the history, an event a line.
     *
     * @throws IllegalStateException if a call does not return, or the second time
     * @throws InterruptedException if interrupted meanwhile
     * @throws IOException if the file cannot be written
     */
    public void end() throws InterruptedException, IOException {
        callers.stop();
        client.deregisters();
        registration.unregister();
        client.deregistered();
        Files.write(file, (Iterable<String>) recorder.history().lines()::iterator);
    }
}
