package io.nmr.demo;

import io.nmr.api.AttachResult.Attached;
import io.nmr.api.NmrStatus;
import io.nmr.history.BindingRecorder;
import io.nmr.history.CallRecorder;
import io.nmr.history.ModuleRecorder;
import io.nmr.history.Recorder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Stands in for the recorder in {@link FakeFramework}: one client, with one call in progress in each provider. */
final class FakeHistory {
    record Life(ModuleRecorder provider, BindingRecorder binding, CallRecorder call) {}

    private final FakeFramework.Mode mode;
    private final Recorder recorder = new Recorder();
    private final ModuleRecorder client = recorder.client("npi", "recorder");
    private final Map<Long, Life> lives = new TreeMap<>();
    private boolean recording;
    private int starts;

    FakeHistory(FakeFramework.Mode mode) {
        this.mode = mode;
    }

    void begin(long running) {
        recording = mode != FakeFramework.Mode.UNRECORDED;
        start(running);
        client.register(() -> true);
    }

    void start(long id) {
        if (recording) {
            ModuleRecorder provider = recorder.provider("npi", "start " + ++starts);
            provider.registers();
            lives.put(id, attached(provider));
            provider.registered();
        }
    }

    private Life attached(ModuleRecorder provider) {
        BindingRecorder binding = client.binding(provider.module().name());
        BindingRecorder other = provider.binding(client.module().name());
        binding.attachProvider(() -> {
            NmrStatus answer = other.attachClient(() -> new Attached(null, this)).status();
            other.untracked();
            return answer;
        });
        CallRecorder call = binding.call();
        call.entered();
        return new Life(provider, binding, call);
    }

    void leaves(long id) {
        if (recording) {
            lives.get(id).provider().deregisters();
        }
    }

    void stop(long id, boolean drained) {
        if (lives.containsKey(id)) {
            stop(lives.remove(id), drained && mode != FakeFramework.Mode.BROKEN_RULE);
        }
    }

    private void stop(Life life, boolean drained) {
        life.binding().detach(() -> NmrStatus.PENDING);
        if (drained) {
            finish(life);
        }
        life.provider().deregistered();
        life.provider().stops();
        life.provider().stopped();
        if (!drained) {
            finish(life);
        }
    }

    private static void finish(Life life) {
        life.call().ended();
        life.binding().complete(() -> life.binding().cleanup(() -> { }));
    }

    void end() {
        client.deregisters();
        lives.values().forEach(life -> life.binding().detach(() -> NmrStatus.PENDING));
        lives.values().forEach(FakeHistory::finish);
        client.deregistered();
        write(Path.of(System.getProperty("nmr.demo.history")));
    }

    private void write(Path file) {
        Stream<String> lines = mode == FakeFramework.Mode.GARBLED ? Stream.of("no event") : recorder.history().lines();
        try {
            Files.write(file, (Iterable<String>) lines::iterator);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
