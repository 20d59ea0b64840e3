package io.nmr.demo.recorder;

import io.nmr.history.ModuleRecorder;
import io.nmr.history.Recorder;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The registrations of the sample's providers, as their bundles' events bound them: one for each start, begun before
 * the activator starts, there when it has started, complete when it is let stop.
 *
 * <p>A stop that the registrar lets go on is taken for its word that the deregistration is complete, whatever time had
 * run out: the demo allows for no overdue drain, and its control is to be found out.
 *
 * <p><b>Threading.</b> Any thread; the events of one bundle come one after the other.
 */
final class Lives {

    private final Recorder recorder;
    private final String npi;
    private final AtomicInteger starts = new AtomicInteger();
    private final Map<Long, ModuleRecorder> ofBundle = new ConcurrentHashMap<>();
    private final Map<Long, ModuleRecorder> ofNumber = new ConcurrentHashMap<>();

    Lives(Recorder recorder, String npi) {
        this.recorder = recorder;
        this.npi = npi;
    }

    /**
     * The provider's activator is about to start.
     *
     * @param bundle the id of its bundle
     * @param number the implementation number that it registers with
     * @param version the version of its bundle
     */
    void starting(long bundle, long number, String version) {
        String name = version + " [" + bundle + "] start " + starts.incrementAndGet();
        ModuleRecorder life = recorder.provider(npi, name);
        ofBundle.put(bundle, life);
        ofNumber.put(number, life);
        life.registers();
    }

    void started(long bundle) {
        of(bundle).ifPresent(ModuleRecorder::registered);
    }

    /** It is about to be stopped, by whatever means. */
    void leaves(long bundle) {
        of(bundle)
                .orElseThrow(() -> new IllegalArgumentException("no start of bundle " + bundle + " is recorded"))
                .deregisters();
    }

    /** The registrar has let go; the activator is about to stop. */
    void stopping(long bundle) {
        of(bundle).ifPresent(life -> {
            life.deregistered();
            life.stops();
        });
    }

    void stopped(long bundle) {
        of(bundle).ifPresent(ModuleRecorder::stopped);
    }

    /** The one that started last of those with this number; at most one of them runs. */
    Optional<ModuleRecorder> latest(long number) {
        return Optional.ofNullable(ofNumber.get(number));
    }

    private Optional<ModuleRecorder> of(long bundle) {
        return Optional.ofNullable(ofBundle.get(bundle));
    }
}
