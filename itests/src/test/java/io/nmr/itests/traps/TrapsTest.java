package io.nmr.itests.traps;

import io.nmr.itests.BoundTest;
import io.nmr.itests.kit.Running;
import io.nmr.itests.kit.Stage;
import io.nmr.itests.kit.TestClient;
import io.nmr.itests.kit.TestProvider;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;

/**
 * The traps that other registrars and drains have fallen into, each met by bundles and services. They have the numbers of
 * the engine's own tests of them.
 */
public abstract class TrapsTest extends BoundTest {

    /** What is left to chance is tried this often. */
    protected static final int ROUNDS = 25;

    /** Both at the same moment, on two threads, to their end. */
    protected final void together(Stage.Action one, Stage.Action two) {
        CyclicBarrier barrier = new CyclicBarrier(2);
        Running<Void> first = atOnce(barrier, one);
        Running<Void> second = atOnce(barrier, two);
        first.join();
        second.join();
    }

    private Running<Void> atOnce(CyclicBarrier barrier, Stage.Action action) {
        return stage.run("at once", () -> {
            barrier.await(10, TimeUnit.SECONDS);
            action.run();
            return null;
        });
    }

    /** What {@code action} does, done on another thread to its end. */
    protected final void elsewhere(Stage.Action action) {
        stage.act("elsewhere", action).join();
    }

    protected final void bind(TestClient itsClient, TestProvider itsProvider) {
        client = itsClient;
        provider = itsProvider;
        clients = stage.publish("bundle.c", client);
        providers = stage.publish("bundle.p", provider);
    }
}
