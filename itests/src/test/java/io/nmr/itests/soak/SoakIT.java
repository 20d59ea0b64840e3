package io.nmr.itests.soak;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.nmr.api.runtime.BindingState;
import io.nmr.api.runtime.RegistrarRuntime;
import io.nmr.history.RegisteredModule;
import io.nmr.itests.FrameworkTest;
import io.nmr.itests.kit.Platform;
import io.nmr.itests.kit.Running;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.Test;
import org.osgi.framework.BundleContext;

/**
 * Bundles come, go, and are replaced at random under calls of many threads, some of their modules misbehave, and after
 * each round the history that the modules have recorded is checked against every rule, and the registrar against it.
 *
 * <p>{@code -Dsoak.seed=} makes the same moves again, though not the same interleavings; {@code -Dsoak.duration=}, such
 * as {@code 90s} or {@code 30m}, is for both frameworks together.
 */
public class SoakIT extends FrameworkTest {

    private static final int MOVERS = 3;
    private static final int MOVES = 8;
    private static final int ROUNDS_TO_AN_END = 10;
    private static final int FRAMEWORKS = 2;

    private final long seed = Long.getLong("soak.seed", new Random().nextLong());
    private final Random seeds = new Random(seed);
    private final World world = new World(seed);
    private final Tally tally = new Tally();
    private final List<Mover> movers = new ArrayList<>();
    private RegistrarRuntime runtime;
    private Quiet quiet;

    private static Duration duration() {
        return Duration.parse("PT" + System.getProperty("soak.duration", "2m")).dividedBy(FRAMEWORKS);
    }

    @Test
    public void everyRule_whileBundlesComeAndGoUnderLoad() throws Exception {
        start("60000");
        prepare();
        String named = Platform.of(stage.context()) + ", seed " + seed;
        System.out.println("soak: " + named);
        try {
            soak(System.nanoTime() + duration().toNanos());
        } catch (Throwable t) {
            throw new AssertionError("soak of " + named + ", after " + tally + leaving(), t);
        } finally {
            world.pool.shutdown();
        }
        System.out.println("soak: " + named + ": " + tally.summary(runtime.counters(), runtime.drainTimes().count()));
    }

    /** What was under way when it failed. */
    private String leaving() {
        return runtime.bindings().stream()
                .filter(binding -> binding.state() != BindingState.ATTACHED)
                .map(binding -> "\n" + binding)
                .collect(Collectors.joining());
    }

    private void prepare() {
        stage.expect("NMR202", "NMR301", "NMR401", "NMR402");
        BundleContext context = stage.context();
        runtime = context.getService(context.getServiceReference(RegistrarRuntime.class));
        quiet = new Quiet(world, runtime);
        for (int i = 0; i < MOVERS; i++) {
            movers.add(new Mover(stage, world, seeds.nextLong(), i));
        }
    }

    private void soak(long end) throws Exception {
        int round = 0;
        do {
            round(false);
            if (++round % ROUNDS_TO_AN_END == 0) {
                round(true);
            }
        } while (System.nanoTime() - end < 0);
        round(true);
        assertEquals("bindings left", List.of(), runtime.bindings());
        assertEquals("modules left", List.of(), runtime.modules());
    }

    private void round(boolean last) throws Exception {
        Callers callers = new Callers(stage, world, seeds);
        List<Running<Void>> moving = movers.stream()
                .map(mover -> stage.run("mover", () -> move(mover, callers, last)))
                .toList();
        moving.forEach(Running::join);
        callers.stop();
        quiet.await();
        world.ledger.check();
        tally.add(world.ledger.round());
        quiet.check();
        tally.check(runtime::counters, quiet.expected().size(), world.stuck.size());
        assertTrue("everything is gone", !last || world.alive.isEmpty());
        close();
    }

    private static Void move(Mover mover, Callers callers, boolean last) throws Exception {
        for (int i = 0; i < MOVES; i++) {
            callers.moved();
            mover.move();
        }
        if (last) {
            mover.stopAll();
        }
        return null;
    }

    private void close() {
        Set<RegisteredModule> alive =
                world.alive.stream().map(SoakModule::registered).collect(Collectors.toSet());
        world.ledger.close(alive);
        stage.log.clear();
    }
}
