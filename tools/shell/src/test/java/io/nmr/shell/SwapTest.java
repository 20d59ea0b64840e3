package io.nmr.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.nmr.api.runtime.FakeRuntime;
import io.nmr.api.runtime.RegistrarEvent;
import io.nmr.shell.FakeFramework.FakeBundle;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

class SwapTest {

    private static final String UNCHANGED = "io.nmr.sample.provider 1.0.0 [6] serves as before";

    private final FakeRuntime runtime = new FakeRuntime().attachedToOld();
    private final FakeFramework framework = new FakeFramework();
    private final FakeBundle old = framework.install(FakeRuntime.OLD_BUNDLE, Bundle.ACTIVE);
    private final FakeBundle fresh = framework.install(FakeRuntime.NEW_BUNDLE, Bundle.RESOLVED);

    @BeforeEach
    void bundlesComeAndGo() {
        fresh.onStart = this::freshAttaches;
        fresh.onStop = () -> runtime.modules.removeIf(module -> module.module().equals(FakeRuntime.NEW));
        old.onStop = () -> runtime.bindings.removeIf(binding -> binding.id() == 1);
    }

    private void freshRegisters() {
        runtime.modules.add(FakeRuntime.registered(FakeRuntime.NEW, 0));
    }

    private void freshAttaches() {
        freshRegisters();
        runtime.bindings.add(FakeRuntime.attached(2, FakeRuntime.CLIENT, FakeRuntime.NEW));
    }

    private void refusal() {
        RegistrarEvent refused = new RegistrarEvent.OfBinding(
                1, FakeRuntime.MORNING, RegistrarEvent.OfBinding.Kind.REFUSED, 2, FakeRuntime.CLIENT, FakeRuntime.NEW, Duration.ZERO);
        framework.listeners.forEach(listener -> listener.event(refused));
    }

    @AfterEach
    void listensNoLonger() {
        assertThat(framework.listeners).isEmpty();
    }

    private String swap(Object... words) {
        return Typed.into(runtime, framework.context(), Typed.NoTerminal.INSTANCE, nmr -> nmr.swap(words));
    }

    private void assertSwapped() {
        assertThat(old.state).isEqualTo(Bundle.RESOLVED);
        assertThat(fresh.state).isEqualTo(Bundle.ACTIVE);
    }

    private void assertUndone() {
        assertThat(old.state).isEqualTo(Bundle.ACTIVE);
        assertThat(fresh.state).isEqualTo(Bundle.RESOLVED);
    }

    @Test
    void swap_startsTheNew_stopsTheOld_reports() {
        assertThat(swap("6", "io.nmr.sample.provider:2.0.0"))
                .startsWith("io.nmr.sample.provider 2.0.0 [11] took over from io.nmr.sample.provider 1.0.0 [6].")
                .contains("clients attached  1", "bindings 1, calls in progress 1")
                .doesNotContain("overdue");
        assertSwapped();
    }

    @Test
    void clientThatAttachesLater_isWaitedFor() {
        fresh.onStart = () -> new Thread(this::freshAttaches).start();
        swap("6", "11");
        assertSwapped();
    }

    @Test
    void overdueBindings_areReported() {
        old.onStop = () -> runtime.bindings.set(0, FakeRuntime.detaching(1, FakeRuntime.CLIENT, FakeRuntime.OLD, true));
        assertThat(swap("6", "11")).contains("overdue           1: their calls go on in a stopped bundle");
        assertThat(swapJson()).contains("\"overdue\"");
    }

    private String swapJson() {
        runtime.bindings.removeIf(binding -> binding.id() == 2);
        runtime.modules.removeIf(module -> module.module().equals(FakeRuntime.NEW));
        old.state = Bundle.ACTIVE;
        fresh.state = Bundle.RESOLVED;
        return swap("--json", "6", "11");
    }

    @Test
    void refusal_isUndone() {
        fresh.onStart = () -> {
            freshRegisters();
            refusal();
        };
        assertThatIllegalStateException().isThrownBy(() -> swap("6", "11")).withMessage(
                "refused: io.nmr.sample.client 1.0.0 [5] and io.nmr.sample.provider 2.0.0 [11] did not agree to attach; "
                        + "io.nmr.sample.provider 2.0.0 [11] is stopped again; " + UNCHANGED);
        assertUndone();
    }

    @Test
    void clientThatDoesNotAttachInTime_isUndone() {
        fresh.onStart = this::freshRegisters;
        assertThatIllegalStateException().isThrownBy(() -> swap("6", "11", "--timeout", "1")).withMessage(
                "not in 1.0 s: io.nmr.sample.client 1.0.0 [5] did not attach to io.nmr.sample.provider 2.0.0 [11]; "
                        + "io.nmr.sample.provider 2.0.0 [11] is stopped again; " + UNCHANGED);
        assertUndone();
    }

    @Test
    void newBundleWithoutTheNpi_isUndone() {
        runtime.bindings.clear();
        fresh.onStart = FakeFramework.Action.NOTHING;
        assertThatIllegalStateException()
                .isThrownBy(() -> swap("6", "11", "--timeout", "1"))
                .withMessageContaining("io.nmr.sample.provider 2.0.0 [11] does not provide address lookup");
        assertUndone();
    }

    /** As when somebody stops the old one, or the registrar, while the swap waits: nobody is missing then. */
    @Test
    void oldThatGoesMeanwhile_isNoSwap_andTheNewOneStays() {
        fresh.onStart = () -> {
            runtime.modules.clear();
            runtime.bindings.clear();
        };
        assertThatIllegalStateException().isThrownBy(() -> swap("6", "11")).withMessage(
                "io.nmr.sample.provider 1.0.0 [6] does not provide any longer what it did: it, or the registrar, was"
                        + " stopped meanwhile, not by this swap; io.nmr.sample.provider 2.0.0 [11] stays started");
        assertThat(old.state).isEqualTo(Bundle.ACTIVE);
        assertThat(fresh.state).isEqualTo(Bundle.ACTIVE);
    }

    @Test
    void newBundleThatDoesNotStart_changesNothing() {
        fresh.onStart = () -> {
            throw new BundleException("Activator start error", new IllegalStateException("no table"));
        };
        assertThatIllegalStateException()
                .isThrownBy(() -> swap("6", "11"))
                .withMessage("io.nmr.sample.provider 2.0.0 [11] did not start: no table; " + UNCHANGED);
        assertUndone();
    }

    @Test
    void undoThatFails_isSaid() {
        fresh.onStart = () -> {
            freshRegisters();
            refusal();
        };
        fresh.onStop = () -> {
            throw new BundleException("Activator stop error");
        };
        assertThatIllegalStateException()
                .isThrownBy(() -> swap("6", "11"))
                .withMessageContaining("was stopped again, which failed: Activator stop error; " + UNCHANGED);
    }

    @Test
    void interrupt_isUndone_andStays() {
        Thread caller = Thread.currentThread();
        fresh.onStart = () -> {
            freshRegisters();
            caller.interrupt();
        };
        assertThatIllegalStateException().isThrownBy(() -> swap("6", "11")).withMessageStartingWith("interrupted; ");
        assertThat(Thread.interrupted()).isTrue();
        assertUndone();
    }

    @Test
    void newBundleThatTakesTooLongToStart_isStoppedAsSoonAsItHas() {
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch gone = new CountDownLatch(1);
        fresh.onStart = () -> await(go);
        fresh.onStop = gone::countDown;
        assertThatIllegalStateException().isThrownBy(() -> swap("6", "11", "--timeout", "1")).withMessage(
                "not in 1.0 s: io.nmr.sample.provider 2.0.0 [11] is still starting; "
                        + "io.nmr.sample.provider 2.0.0 [11] is being stopped again, and takes its time: see nmr:drains; " + UNCHANGED);
        go.countDown();
        await(gone);
    }

    @Test
    void oldBundleThatTakesTooLong_goesOnStopping_nothingIsUndone() {
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch gone = new CountDownLatch(1);
        old.onStop = () -> {
            await(go);
            gone.countDown();
        };
        assertThatIllegalStateException()
                .isThrownBy(() -> swap("6", "11", "--timeout", "1"))
                .withMessageContaining("io.nmr.sample.provider 2.0.0 [11] has taken over, but io.nmr.sample.provider 1.0.0 [6] still stops");
        assertThat(fresh.state).isEqualTo(Bundle.ACTIVE);
        go.countDown();
        await(gone);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void oldBundleThatFailsToStop_isSaid() {
        old.onStop = () -> {
            throw new BundleException("Activator stop error", new IllegalStateException("no way"));
        };
        assertThatIllegalStateException()
                .isThrownBy(() -> swap("6", "11"))
                .withMessageContaining("has taken over, but stopping io.nmr.sample.provider 1.0.0 [6] failed: no way");
    }

    @Test
    void wrongBundles_areRefused_andNothingIsDone() {
        assertThatIllegalArgumentException().isThrownBy(() -> swap("6", "nonsense")).withMessage(
                "no bundle 'nonsense'; installed are: io.nmr.sample.provider 1.0.0 [6], io.nmr.sample.provider 2.0.0 [11]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> swap("io.nmr.sample.provider", "11"))
                .withMessageStartingWith("several bundles 'io.nmr.sample.provider', say which");
        assertThatIllegalArgumentException().isThrownBy(() -> swap("6", "6")).withMessageContaining("the same bundle");
        assertThatIllegalArgumentException().isThrownBy(() -> swap("11", "6")).withMessageContaining("[11] is not active");
        assertThatIllegalArgumentException().isThrownBy(() -> swap("6")).withMessageContaining("NEW");
        assertThatIllegalArgumentException().isThrownBy(() -> swap("6", "11", "--timeout", "0")).withMessageContaining("1 to 3600");
        assertUndone();
    }

    @Test
    void bundleThatIsStartedOrProvidesNothing_isRefused() {
        fresh.state = Bundle.ACTIVE;
        assertThatIllegalArgumentException().isThrownBy(() -> swap("6", "11")).withMessageContaining("started already");
        fresh.state = Bundle.RESOLVED;
        runtime.modules.clear();
        assertThatIllegalArgumentException().isThrownBy(() -> swap("6", "11")).withMessageContaining("has no provider module");
    }
}
