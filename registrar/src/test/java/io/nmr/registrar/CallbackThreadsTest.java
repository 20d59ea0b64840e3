package io.nmr.registrar;

import static org.assertj.core.api.Assertions.assertThat;

import io.nmr.api.ClientRegistration;
import io.nmr.api.NmrStatus;
import io.nmr.engine.EngineSettings;
import io.nmr.engine.RegistrarEngine;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The pool that calls modules: who starts its threads. */
class CallbackThreadsTest {

    private final Log log = new Log();
    private final SlowCallbacks slowCallbacks = new SlowCallbacks(log, System::nanoTime);
    private final Set<Thread> before = callbackThreads();
    private final CallbackThreads threads = new CallbackThreads(slowCallbacks, 1, System::nanoTime, log);

    @AfterEach
    void shutdown() {
        threads.shutdown();
        slowCallbacks.shutdown();
    }

    private static Set<Thread> callbackThreads() {
        Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
        threads.removeIf(thread -> !thread.getName().startsWith("nmr-callback"));
        return threads;
    }

    private Set<Thread> mine() {
        Set<Thread> mine = callbackThreads();
        mine.removeAll(before);
        return mine;
    }

    /** A thread is of the group of the one that started it, and before Java 24 keeps the class loaders on its stack. */
    @Test
    void design5_threadsOfALargerPool_areStartedByTheRegistrarsOwn_notByWhoeverChangedTheSetting() throws Exception {
        ThreadGroup foreign = new ThreadGroup("whoever changes the setting");
        Thread configures = new Thread(foreign, () -> threads.resize(5));
        configures.start();
        configures.join();
        ObstacleTest.await(() -> mine().size() == 5);

        assertThat(mine()).noneMatch(thread -> thread.getThreadGroup() == foreign);
    }

    /** What watches a callback takes memory, too. The engine has nobody else to perform it. */
    @Test
    void T2_noMemoryToWatchACallback_itIsCalledAllTheSame() throws Exception {
        AtomicBoolean full = new AtomicBoolean(true);
        SlowCallbacks failing = new SlowCallbacks(log, () -> {
            if (full.getAndSet(false)) {
                throw new OutOfMemoryError("of a test");
            }
            return System.nanoTime();
        });
        CallbackThreads pool = new CallbackThreads(failing, 1, System::nanoTime, log);
        try {
            RegistrarEngine engine = new RegistrarEngine(new EngineSettings(pool, incident -> { }, System::nanoTime));
            CountDownLatch told = new CountDownLatch(1);
            ClientRegistration client = engine.registerClient(new LoneClient(told::countDown));
            engine.deregisterClient(client);

            assertThat(told.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(full).isFalse();
            assertThat(engine.waitForClientDeregisterComplete(client, Duration.ofSeconds(20))).isEqualTo(NmrStatus.SUCCESS);
        } finally {
            pool.shutdown();
            failing.shutdown();
        }
    }

    @Test
    void design5_resizeAfterTheEnd_changesNothing() {
        slowCallbacks.shutdown();
        threads.resize(5);

        assertThat(mine()).hasSize(1);
    }
}
