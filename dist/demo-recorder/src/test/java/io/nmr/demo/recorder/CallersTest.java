package io.nmr.demo.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nmr.history.Recorder;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CallersTest {

    @Test
    void theyCall_upToTheirBound_whateverIsThrown() throws InterruptedException {
        AtomicInteger made = new AtomicInteger();
        CountDownLatch all = new CountDownLatch(3);
        Callers callers = new Callers(address -> {
            made.incrementAndGet();
            all.countDown();
            throw new IllegalStateException("on purpose");
        }, 2, 3);
        assertThat(all.await(20, TimeUnit.SECONDS)).isTrue();
        callers.stop();
        callers.stop();
        assertThat(made).hasValue(3);
    }

    @Test
    void aBundleThatNeverStarted_cannotLeave() {
        assertThatThrownBy(() -> new Lives(new Recorder(), "npi").leaves(9)).hasMessageContaining("bundle 9");
    }
}
