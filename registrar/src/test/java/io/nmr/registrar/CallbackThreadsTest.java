package io.nmr.registrar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
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
    void design5_threadsOfALargerPool_areStartedByTheRegistrarsOwn_notByTheThreadThatChangesTheSetting() throws Exception {
        ThreadGroup foreign = new ThreadGroup("changes the setting");
        Thread configures = new Thread(foreign, () -> threads.resize(5));
        configures.start();
        configures.join();
        ObstaclesTest.await(() -> mine().size() == 5);

        assertThat(mine()).noneMatch(thread -> thread.getThreadGroup() == foreign);
    }

    @Test
    void design5_resizeAfterTheEnd_changesNothing() {
        slowCallbacks.shutdown();
        threads.resize(5);

        assertThat(mine()).hasSize(1);
    }
}
