package io.nmr.registrar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nmr.api.Registration;
import io.nmr.api.runtime.RegistrarEvent;
import io.nmr.api.runtime.RegistrarEvent.OfDrain;
import io.nmr.engine.Effect;
import io.nmr.engine.EngineSettings;
import io.nmr.engine.RegistrarEngine;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** O2: what is told of a drain that cannot be told of, or cannot begin. */
class DrainEventsTest {

    private static final BundleName BUNDLE = new BundleName(7, "a.bundle", "1.2.3");

    private final Log log = new Log();
    private Error atTheNextEvent;
    private boolean noMemory;
    private final WallClock clock = new WallClock(() -> 0, this::now);
    private final RuntimeEvents events = new RuntimeEvents(clock, log);
    private final RegistrarEngine engine =
            new RegistrarEngine(new EngineSettings(Effect::run, incident -> { }, System::nanoTime));
    private final SlowCallbacks callbacks = new SlowCallbacks(log, System::nanoTime);
    private final CallbackThreads threads = new CallbackThreads(callbacks, 1, System::nanoTime, log);
    private final CurrentSettings settings = new CurrentSettings(Map.<String, String>of()::get, changed -> { }, log);
    private final Drains drains = new Drains(engine, settings, clock, events);
    private final Modules modules = new Modules();
    private final Drain drain = new Drain(
            engine,
            modules,
            threads,
            callbacks,
            new DetachTimeouts(engine, settings, log),
            settings,
            this::nanoTime,
            log,
            drains);
    private final BlockingQueue<RegistrarEvent> told = new LinkedBlockingQueue<>();
    private final Registration module = engine.prepareClient(new LoneClient(() -> { }), BUNDLE);

    private Instant now() {
        Error thrown = atTheNextEvent;
        atTheNextEvent = null;
        if (thrown != null) {
            throw thrown;
        }
        return Instant.EPOCH;
    }

    private long nanoTime() {
        if (noMemory) {
            throw new OutOfMemoryError("of a test");
        }
        return System.nanoTime();
    }

    @BeforeEach
    void publish() {
        events.add("listener", "listener", told::add);
        modules.enter(module, BUNDLE);
        engine.register(module);
    }

    @AfterEach
    void shutdown() {
        drain.shutdown();
        threads.shutdown();
        callbacks.shutdown();
        events.shutdown();
    }

    private void drain() {
        drain(module);
    }

    private void drain(Registration leaving) {
        drain.run("a bundle", BUNDLE, List.of(leaving));
    }

    private RegistrarEvent next() throws InterruptedException {
        return told.poll(20, TimeUnit.SECONDS);
    }

    @Test
    void O2_noMemoryToTellThatADrainBegins_itIsMade_andTheNumbersShowTheGap() throws InterruptedException {
        atTheNextEvent = new OutOfMemoryError("of a test");
        assertThatCode(this::drain).doesNotThrowAnyException();

        RegistrarEvent first = next();
        assertThat(first.kind()).isEqualTo(OfDrain.Kind.DRAINED);
        assertThat(first.sequence()).isEqualTo(2);
        assertThat(modules.all()).isEmpty();
        assertThat(drains.underWay()).isEmpty();
    }

    @Test
    void O2_noMemoryToTellThatADrainEnds_itsModulesAreGone_andTheNumbersShowTheGap() throws InterruptedException {
        Registration other = engine.prepareClient(new LoneClient(() -> noMemory = true), BUNDLE);
        modules.enter(other, BUNDLE);
        engine.register(other);
        assertThatCode(() -> drain(other)).doesNotThrowAnyException();
        noMemory = false;

        assertThat(modules.all()).containsExactly(module);
        assertThat(drains.underWay()).isEmpty();
        drain();
        assertThat(next().sequence()).as("of the first's begin").isEqualTo(1);
        RegistrarEvent second = next();
        assertThat(second.kind()).isEqualTo(OfDrain.Kind.BEGUN);
        assertThat(second.sequence()).isEqualTo(3);
    }

    @Test
    void O2_drainThatCannotBegin_isNotListed_andNoEndOfItIsTold() throws InterruptedException {
        atTheNextEvent = new StackOverflowError("of a test");
        assertThatThrownBy(this::drain).isInstanceOf(StackOverflowError.class);

        assertThat(drains.underWay()).isEmpty();
        assertThat(drains.times().count()).isZero();
        assertThat(modules.all()).as("left to the next").containsExactly(module);
        drain();
        assertThat(next().kind()).isEqualTo(OfDrain.Kind.BEGUN);
        assertThat(next().kind()).isEqualTo(OfDrain.Kind.DRAINED);
    }
}
