package io.nmr.registrar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When a watch looks, and how it ends. */
class WatchTest {

    private final Set<Thread> others = Thread.getAllStackTraces().keySet();
    private final AtomicInteger looks = new AtomicInteger();
    private Watch watch;

    @AfterEach
    void shutdown() {
        watch.shutdown();
    }

    /** Its thread. */
    private Thread watching(BooleanSupplier looking) {
        watch = new Watch("nmr-of-a-test", looking);
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !others.contains(thread) && thread.getName().startsWith("nmr-of-a-test"))
                .findAny()
                .orElseThrow();
    }

    private boolean isArmed() throws InterruptedException {
        CountDownLatch afterTheLook = new CountDownLatch(1);
        watch.run(afterTheLook::countDown);
        assertThat(afterTheLook.await(20, TimeUnit.SECONDS)).isTrue();
        return ((AtomicBoolean) assertThat(watch).extracting("armed").actual()).get();
    }

    @Test
    void design5_watchLooksOn_whileThereIsSomethingToLookAt_andNoLonger() throws InterruptedException {
        watching(() -> looks.incrementAndGet() < 3);
        watch.arm();
        ObstaclesTest.await(() -> looks.get() == 3);
        assertThat(isArmed()).isFalse();

        watch.arm();
        ObstaclesTest.await(() -> looks.get() == 4);
    }

    @Test
    void design5_lookingTakesATwentiethOfTheTime_andNoLookIsTheLastForLong() {
        watching(() -> false);
        assertThat(Watch.restAfter(1)).isEqualTo(250);
        assertThat(Watch.restAfter(100)).isEqualTo(2_000);
        assertThat(Watch.restAfter(Long.MAX_VALUE / 100)).isEqualTo(10_000);
    }

    @Test
    void design5_aLookThatFails_isNotTheLast() {
        watching(() -> {
            if (looks.incrementAndGet() == 1) {
                throw new IllegalStateException("of a test");
            }
            return false;
        });
        watch.arm();
        ObstaclesTest.await(() -> looks.get() == 2);
    }

    @Test
    void design5_afterItsEnd_aWatchHasNoThread_andLooksAtNothing() throws InterruptedException {
        Thread thread = watching(() -> looks.incrementAndGet() < 0);
        watch.arm();
        watch.shutdown();
        thread.join(TimeUnit.SECONDS.toMillis(20));

        assertThat(thread.isAlive()).isFalse();
        int before = looks.get();
        watch.arm();
        watch.run(looks::incrementAndGet);
        assertThat(looks).as("since its end").hasValue(before);
    }
}
