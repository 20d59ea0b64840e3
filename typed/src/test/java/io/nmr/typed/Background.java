package io.nmr.typed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Threads of a test, each joined after it. */
final class Background implements AfterEachCallback {

    private final List<Thread> threads = new ArrayList<>();

    <T> Task<T> start(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task, "background");
        threads.add(thread);
        thread.start();
        return new Task<>(thread, task);
    }

    @Override
    public void afterEach(ExtensionContext context) throws InterruptedException {
        for (Thread thread : threads) {
            thread.join(TimeUnit.SECONDS.toMillis(30));
            assertThat(thread.isAlive()).isFalse();
        }
    }

    /** Work on its thread. */
    record Task<T>(Thread thread, FutureTask<T> result) {

        T get() throws Exception {
            return result.get(30, TimeUnit.SECONDS);
        }
    }
}
