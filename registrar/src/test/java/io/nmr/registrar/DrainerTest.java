package io.nmr.registrar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nmr.api.Registration;
import io.nmr.api.runtime.BundleRef;
import io.nmr.api.runtime.ModuleSnapshot;
import io.nmr.api.runtime.ModuleState;
import io.nmr.engine.RegistrarEngine;
import io.nmr.engine.spi.EngineSettings;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** O1 to O4: on which thread a drain calls, what it waits for, and what it gives up. */
@Timeout(60)
class DrainerTest {

    private static final BundleRef A = new BundleRef(1, "a", "1.0.0");
    private static final BundleRef B = new BundleRef(2, "b", "1.0.0");

    private final Log log = new Log();
    private final RecordedLog recorded = new RecordedLog();
    private final SlowCallbacks slowCallbacks = new SlowCallbacks(log, System::nanoTime);
    private final CallbackThreads threads = new CallbackThreads(slowCallbacks, 2, System::nanoTime, log);
    private final RuntimeEvents events = new RuntimeEvents(log);
    private final RegistrarEngine engine = new RegistrarEngine(new EngineSettings(
            threads, log::incident, System::nanoTime, InstantSource.system(), events.ofEngine()));
    private final Modules modules = new Modules();
    private final CurrentSettings settings =
            new CurrentSettings(Map.<String, String>of()::get, changed -> { }, log);
    private final DrainJournal journal = new DrainJournal(engine, settings, events);
    private final Drainer drainer = new Drainer(
            engine,
            modules,
            threads,
            new DetachTimeouts(engine, settings, log),
            settings,
            System::nanoTime,
            log,
            journal);
    private final List<Thread> calledOn = new ArrayList<>();
    private final CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    void shutdown() {
        release.countDown();
        drainer.shutdown();
        threads.shutdown();
        slowCallbacks.shutdown();
        events.shutdown();
        recorded.stop();
        assertThat(journal.underWay()).isEmpty();
    }

    /** A client whose one callback says that it goes. */
    private Registration module(BundleRef bundle, Runnable callback) {
        Registration module = engine.prepareClient(new LoneClient(callback), bundle);
        assertThat(modules.enter(module, bundle)).isTrue();
        assertThat(engine.register(module)).isTrue();
        return module;
    }

    private Registration blocking() {
        return module(A, () -> {
            try {
                assertThat(release.await(50, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
    }

    private void set(String timeout, String overdue) {
        settings.configure(new Hashtable<>(Map.of("nmr.detach.timeout", timeout, "nmr.detach.overdue", overdue)));
        recorded.start();
    }

    private ModuleState state() {
        return engine.view().modules().stream().map(ModuleSnapshot::state).findFirst().orElseThrow();
    }

    @Test
    void O2_bundleStops_itsCallbacksRunOnTheStoppingThread_andOtherBundlesStay() {
        module(A, () -> calledOn.add(Thread.currentThread()));
        Registration other = module(B, () -> { });

        drainer.bundleStops(A);

        assertThat(calledOn).containsExactly(Thread.currentThread());
        assertThat(modules.all()).containsExactly(other);
        assertThat(journal.times().count()).isEqualTo(1);
    }

    @Test
    void O4_everythingStops_allCallbacksRunOnThePool() {
        module(A, () -> calledOn.add(Thread.currentThread()));

        drainer.everythingStops("the framework");

        assertThat(calledOn).singleElement().extracting(Thread::getName).asString().startsWith("nmr-callback");
        assertThat(modules.all()).isEmpty();
    }

    @Test
    void O2_serviceThatGoesInsideItsOwnCallback_isLeftToTheStopOfItsBundle() {
        AtomicReference<Registration> module = new AtomicReference<>();
        List<ModuleState> meanwhile = new ArrayList<>();
        module.set(module(A, () -> {
            drainer.serviceGoes(A, List.of(module.get()));
            meanwhile.add(state());
        }));

        drainer.bundleStops(A);

        assertThat(meanwhile).containsExactly(ModuleState.DEREGISTERING);
        assertThat(engine.view().modules()).isEmpty();
        assertThat(modules.all()).isEmpty();
    }

    @Test
    void O3_timeoutOfZero_doesNotWait_whateverIsSet() {
        blocking();
        set("0", "wait");

        drainer.everythingStops("the registrar");

        assertThat(recorded.messages()).singleElement().asString()
                .startsWith("NMR202 Overdue: the registrar goes on stopping")
                .endsWith("still detaching: no binding; clientDeregistering may still run");
        assertThat(state()).isEqualTo(ModuleState.ABANDONED);
        assertThat(modules.all()).isEmpty();
    }

    @Test
    void O3_wait_extendsUntilTheModuleIsGone() {
        blocking();
        set("1", "wait");

        CompletableFuture<Void> drain = CompletableFuture.runAsync(() -> drainer.everythingStops("everything"));
        ObstaclesTest.await(() -> !recorded.messages().isEmpty());
        assertThat(state()).isEqualTo(ModuleState.DEREGISTERING);
        release.countDown();
        drain.join();

        assertThat(recorded.messages().get(0)).startsWith("NMR202 Overdue: everything waits on, as is set,");
        assertThat(recorded.messages()).last().asString().startsWith("NMR201 Drained everything");
    }

    @Test
    void O3_wait_becomesProceed_whenTheFrameworkStops() {
        blocking();
        set("1", "wait");
        modules.close();

        drainer.everythingStops("the framework");

        assertThat(recorded.messages()).singleElement().asString().startsWith("NMR202 Overdue: the framework goes on stopping");
        assertThat(state()).isEqualTo(ModuleState.ABANDONED);
    }

    @Test
    void O3_drainThatFails_isNotListedAnyMore_andItsModulesAreLeftToTheNext() {
        Registration module = blocking();
        set("0", "proceed");
        Logger logger = Logger.getLogger("io.nmr.registrar");
        logger.setFilter(entry -> {
            throw new StackOverflowError("of a test");
        });
        try {
            assertThatThrownBy(() -> drainer.everythingStops("everything")).isInstanceOf(StackOverflowError.class);
        } finally {
            logger.setFilter(null);
        }

        assertThat(journal.underWay()).isEmpty();
        assertThat(modules.all()).containsExactly(module);
        release.countDown();
        drainer.everythingStops("everything");
        assertThat(modules.all()).isEmpty();
    }
}
