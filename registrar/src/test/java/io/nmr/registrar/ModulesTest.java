package io.nmr.registrar;

import static org.assertj.core.api.Assertions.assertThat;

import io.nmr.api.runtime.BundleRef;
import io.nmr.api.ClientRegistration;
import io.nmr.api.NmrStatus;
import io.nmr.api.Registration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ModulesTest {

    private static final BundleRef A = new BundleRef(1, "a", "1.0.0");
    private static final BundleRef B = new BundleRef(2, "b", "1.0.0");

    private final Modules modules = new Modules();

    private record Module(int number) implements ClientRegistration {

        @Override
        public CompletionStage<NmrStatus> deregistration() {
            return CompletableFuture.completedFuture(NmrStatus.SUCCESS);
        }
    }

    @Test
    void O2_modulesOfABundle_areThoseItEntered() {
        Registration first = entered(1, A);
        Registration second = entered(2, A);
        Registration other = entered(3, B);

        assertThat(modules.of(A.id())).containsExactlyInAnyOrder(first, second);
        assertThat(modules.all()).containsExactlyInAnyOrder(first, second, other);
    }

    @Test
    void R7_moduleThatLeft_isNotKept() {
        Registration module = entered(1, A);

        modules.leave(module);
        modules.leave(module);

        assertThat(modules.of(A.id())).isEmpty();
        assertThat(modules.all()).isEmpty();
        assertThat(modules.entered(List.of(module))).isEmpty();
    }

    @Test
    void O6_moduleOfAStoppingBundle_isNotEntered() {
        modules.markStopping(A.id());

        assertThat(modules.enter(new Module(1), A)).isFalse();
        assertThat(modules.enter(new Module(2), B)).isTrue();
        assertThat(modules.of(A.id())).isEmpty();
    }

    @Test
    void O6_bundleThatStopped_mayStartAgain() {
        modules.markStopping(A.id());
        modules.unmark(A.id());

        assertThat(modules.enter(new Module(1), A)).isTrue();
    }

    @Test
    void O6_afterTheFrameworkBeganToStop_nobodyIsEntered() {
        modules.close();

        assertThat(modules.enter(new Module(1), A)).isFalse();
    }

    @Test
    void O6_enteringAndStoppingAtTheSameTime_drainedOrRefusedNeverLost() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < 20_000; round++) {
                raceOnce(threads, new Module(round));
            }
        } finally {
            threads.shutdown();
        }
    }

    private void raceOnce(ExecutorService threads, Registration module) throws Exception {
        CyclicBarrier start = new CyclicBarrier(2);
        Future<Boolean> enters = threads.submit(after(start, () -> modules.enter(module, A)));
        Future<Collection<Registration>> stops = threads.submit(after(start, () -> {
            modules.markStopping(A.id());
            return modules.of(A.id());
        }));

        assertThat(enters.get()).isIn(false, stops.get().contains(module));
        modules.leave(module);
        modules.unmark(A.id());
    }

    private static <T> Callable<T> after(CyclicBarrier start, Callable<T> work) {
        return () -> {
            start.await();
            return work.call();
        };
    }

    private Registration entered(int number, BundleRef bundle) {
        Registration module = new Module(number);
        assertThat(modules.enter(module, bundle)).isTrue();
        return module;
    }
}
