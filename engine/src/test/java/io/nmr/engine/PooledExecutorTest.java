package io.nmr.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.nmr.engine.spi.EffectTask;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

/** All the rules hold where an executor defers every effect to the threads of a pool. */
class PooledExecutorTest {

    private final ExecutorService pool = Executors.newCachedThreadPool();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

    private BiConsumer<EffectTask, Runnable> performing() {
        return (effect, performance) -> pool.execute(() -> {
            try {
                performance.run();
            } catch (Throwable t) {
                failures.add(t);
            }
        });
    }

    @AfterEach
    void joinPool() throws InterruptedException {
        pool.shutdown();
        assertThat(pool.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        assertThat(failures).isEmpty();
    }

    @Nested
    class Registration extends RegistrationRulesTest {
        @Override
        BiConsumer<EffectTask, Runnable> performing() {
            return PooledExecutorTest.this.performing();
        }
    }

    @Nested
    class Attach extends AttachRulesTest {
        @Override
        BiConsumer<EffectTask, Runnable> performing() {
            return PooledExecutorTest.this.performing();
        }
    }

    @Nested
    class Misuse extends AttachMisuseTest {
        @Override
        BiConsumer<EffectTask, Runnable> performing() {
            return PooledExecutorTest.this.performing();
        }
    }

    @Nested
    class Detach extends DetachRulesTest {
        @Override
        BiConsumer<EffectTask, Runnable> performing() {
            return PooledExecutorTest.this.performing();
        }

        @Override
        boolean performsInOrder() {
            return false;
        }
    }

    @Nested
    class Failure extends DetachFailureTest {
        @Override
        BiConsumer<EffectTask, Runnable> performing() {
            return PooledExecutorTest.this.performing();
        }
    }

    @Nested
    class CleanupRules extends CleanupRulesTest {
        @Override
        BiConsumer<EffectTask, Runnable> performing() {
            return PooledExecutorTest.this.performing();
        }
    }

    @Nested
    class Wait extends WaitRulesTest {
        @Override
        BiConsumer<EffectTask, Runnable> performing() {
            return PooledExecutorTest.this.performing();
        }
    }

    @Nested
    class Reentrancy extends ReentrancyTest {
        @Override
        BiConsumer<EffectTask, Runnable> performing() {
            return PooledExecutorTest.this.performing();
        }
    }

    @Nested
    class Gates extends CallGateRulesTest {
        @Override
        BiConsumer<EffectTask, Runnable> performing() {
            return PooledExecutorTest.this.performing();
        }

        @Override
        Thread cleaner(Thread waiting) {
            return null;
        }
    }
}
