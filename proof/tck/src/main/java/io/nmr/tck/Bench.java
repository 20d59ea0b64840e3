package io.nmr.tck;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nmr.api.NetworkModuleRegistrar;
import io.nmr.api.NpiId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What one test works with: its modules, their history, its threads, and an NPI that no other test uses. */
final class Bench {

    final Duration patience;
    final History history;
    final Crew crew;
    final NpiId npi = new NpiId(UUID.randomUUID());
    final Queue<TestModule> modules = new ConcurrentLinkedQueue<>();

    private final Fixture fixture;

    Bench(Fixture fixture, Duration patience) {
        this.fixture = fixture;
        this.patience = patience;
        this.history = new History(patience);
        this.crew = new Crew(patience);
    }

    NetworkModuleRegistrar registrar() {
        return fixture.registrar();
    }

    TestClient client(String name) {
        return client(name, npi);
    }

    TestClient client(String name, NpiId of) {
        return added(new TestClient(history, name, of));
    }

    TestProvider provider(String name) {
        return provider(name, npi);
    }

    TestProvider provider(String name, NpiId of) {
        return added(new TestProvider(history, name, of));
    }

    private <M extends TestModule> M added(M module) {
        modules.add(module);
        return module;
    }

    <M extends TestModule> M register(M module) {
        module.registered = module.registerWith(fixture);
        return module;
    }

    void registerAll(TestModule... all) {
        for (TestModule module : all) {
            register(module);
        }
    }

    /** Registered in this order, and attached. */
    void attach(TestModule first, TestModule second) {
        registerAll(first, second);
        assertTrue(first.link().isBound() && second.link().isBound(), () -> "attached: " + history);
    }

    void deregister(TestModule module) {
        module.leaving = true;
        module.registered.deregister();
    }

    boolean isComplete(TestModule module) {
        return module.registered.awaitComplete(Duration.ZERO);
    }

    void awaitComplete(TestModule module) {
        assertTrue(module.registered.awaitComplete(patience),
                () -> "the deregistration of " + module + " is awaited in vain: " + history);
    }

    void deregisterAndAwait(TestModule module) {
        deregister(module);
        awaitComplete(module);
    }

    /** A latch that a callback waits at, for no longer than the test does. */
    void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(patience.toMillis(), TimeUnit.MILLISECONDS), () -> "awaited in vain: " + history);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    /** Ends everything that the test has left, and checks what holds after every test. */
    void finish() {
        crew.join();
        history.requireNoFailure();
        List<TestModule> registered = new ArrayList<>(modules);
        registered.removeIf(module -> module.registered == null);
        registered.stream().filter(module -> !module.leaving).forEach(this::deregister);
        registered.forEach(this::awaitComplete);
        history.requireNoFailure();
        new Invariants(modules, history).check();
    }
}
