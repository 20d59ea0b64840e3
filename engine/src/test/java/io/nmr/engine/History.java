package io.nmr.engine;

import static org.assertj.core.api.Assertions.fail;

import io.nmr.api.Registration;
import io.nmr.api.runtime.ModuleRef;
import io.nmr.engine.spi.EffectTask;
import io.nmr.engine.state.NetworkModule;
import io.nmr.engine.state.Side;
import io.nmr.history.BindingRecorder;
import io.nmr.history.ModuleRecorder;
import io.nmr.history.Recorder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What happened to the modules of one test, in the order of a logical clock. Every change wakes those who await a
 * condition, so no test sleeps.
 */
final class History {

    /** What the recording modules tell: each callback's begin and end, and a side's completion just before it. */
    enum What {
        ATTACH,
        ATTACH_END,
        DETACH,
        DETACH_END,
        COMPLETE,
        CLEANUP,
        CLEANUP_END
    }

    /**
     * One moment.
     *
     * @param link the side's view of its binding; null where the module uses contexts of its own
     * @param outcome what a callback answered or threw, at its end
     */
    record Event(long time, What what, Link link, Object outcome, Thread thread) {

        boolean isOf(RecordingModule module) {
            return link != null && link.module == module;
        }

        @Override
        public String toString() {
            return time + ": " + what + " " + link + (outcome == null ? "" : " " + outcome);
        }
    }

    final Recorder recorder = new Recorder();

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final List<Event> events = new ArrayList<>();
    private long clock;

    synchronized long tick() {
        notifyAll();
        return ++clock;
    }

    synchronized void record(What what, Link link, Object outcome) {
        events.add(new Event(tick(), what, link, outcome, Thread.currentThread()));
    }

    /** Records a callback's begin and end around what the script does in it. */
    <T> T recorded(What begin, What end, Link link, Supplier<T> script) {
        record(begin, link, null);
        Object outcome = null;
        try {
            T answer = script.get();
            outcome = answer;
            return answer;
        } catch (RuntimeException | Error e) {
            outcome = e;
            throw e;
        } finally {
            record(end, link, outcome);
        }
    }

    /** Performs an effect; what the engine decides in that, it decides after the mark. */
    void perform(EffectTask effect) {
        recorder(effect.module()).mark();
        effect.run();
    }

    /** Records a registration for the check at the end. */
    ModuleRecorder recorder(Registration registration) {
        return recorder(((NetworkModule) registration).ref());
    }

    private ModuleRecorder recorder(ModuleRef name) {
        String npi = name.npiId().toString();
        return switch (name.role()) {
            case CLIENT -> recorder.client(npi, name(name));
            case PROVIDER -> recorder.provider(npi, name(name));
        };
    }

    /** Records one side of a binding for the check at the end. */
    BindingRecorder recorder(Side side) {
        return recorder(side.module().ref()).binding(side.binding().id() + "", name(side.peer().module().ref()));
    }

    private static String name(ModuleRef name) {
        return name.bundle() == null ? "" + name.id() : name.bundle().symbolicName() + " " + name.id();
    }

    synchronized List<Event> events() {
        return List.copyOf(events);
    }

    List<Event> of(RecordingModule module) {
        return events().stream().filter(event -> event.isOf(module)).toList();
    }

    List<What> whats(RecordingModule module) {
        return of(module).stream().map(Event::what).toList();
    }

    List<Event> all(What what) {
        return events().stream().filter(event -> event.what() == what).toList();
    }

    int count(What what) {
        return all(what).size();
    }

    int count(What what, RecordingModule module) {
        return (int) all(what).stream().filter(event -> event.isOf(module)).count();
    }

    Event only(What what, RecordingModule module) {
        List<Event> found = all(what).stream().filter(event -> event.isOf(module)).toList();
        if (found.size() != 1) {
            fail("one %s of %s expected, not %s", what, module, found);
        }
        return found.get(0);
    }

    void await(What what, RecordingModule module) {
        await(what + " of " + module, () -> count(what, module) > 0);
    }

    /** Waits for a condition; looks when something is recorded, and now and then for what is not. */
    synchronized void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            long remaining = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (remaining <= 0) {
                fail("awaited in vain: %s; events: %s", what, events);
            }
            try {
                wait(Math.min(remaining, 5));
            } catch (InterruptedException e) {
                throw new AssertionError("interrupted while awaiting " + what, e);
            }
        }
    }
}
