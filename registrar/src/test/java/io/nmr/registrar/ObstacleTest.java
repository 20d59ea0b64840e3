package io.nmr.registrar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** O3: which draining threads keep what they hold until their drain ends. The obstacles themselves need a framework. */
class ObstacleTest {

    private static final String[] DRAIN = {
        "java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject.awaitNanos",
        "io.nmr.engine.Waiter.take",
        "io.nmr.engine.Waiter.passOn",
        "io.nmr.engine.Waiter.await",
        "io.nmr.engine.RegistrarEngine.drain",
        "io.nmr.registrar.Drain.drain",
        "org.apache.felix.framework.Felix.stopBundle"
    };

    private static final String[] WAIT_WITH_A_HANDLE = {
        "io.nmr.engine.Waiter.take", "io.nmr.engine.Waiter.await", "io.nmr.engine.RegistrarEngine.waitFor"
    };

    private static final String[] CALLBACK = {
        "org.example.Provider.detachClient", "io.nmr.engine.DetachNotice.run", "io.nmr.engine.Waiter.passOn"
    };

    private static StackTraceElement[] stack(String[]... parts) {
        return Stream.of(parts)
                .flatMap(Stream::of)
                .map(frame -> new StackTraceElement(
                        frame.substring(0, frame.lastIndexOf('.')), frame.substring(frame.lastIndexOf('.') + 1), null, -1))
                .toArray(StackTraceElement[]::new);
    }

    @Test
    void O3_threadThatOnlyWaitsInItsDrain_isIdle() {
        assertThat(Obstacle.isIdle(stack(DRAIN))).isTrue();
        assertThat(Obstacle.isIdle(stack(DRAIN, CALLBACK, DRAIN))).as("the inner drain").isTrue();
    }

    @Test
    void O3_threadInACallback_orInAWaitInsideOfIt_mayLetGoOfWhatItHolds() {
        assertThat(Obstacle.isIdle(stack(CALLBACK, DRAIN))).isFalse();
        assertThat(Obstacle.isIdle(stack(WAIT_WITH_A_HANDLE, CALLBACK, DRAIN))).isFalse();
        assertThat(Obstacle.isIdle(stack(new String[] {"java.lang.Object.wait"}))).isFalse();
    }

    @Test
    void O3_aThreadIsNotItsOwnObstacle() {
        assertThat(Obstacle.of(Thread.currentThread(), Thread.currentThread())).isEmpty();
    }
}
