package io.nmr.itests.soak;

import io.nmr.itests.kit.Running;
import io.nmr.itests.kit.Stage;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Threads that have modules call each other: so many calls for each move, so that a round's history stays readable. */
final class Callers {

    private static final int THREADS = 6;
    private static final int CALLS_FOR_A_MOVE = 40;

    private final Semaphore due = new Semaphore(0);
    private final List<Running<Void>> threads;
    private volatile boolean enough;

    Callers(Stage stage, World world, Random seeds) {
        List<Long> all = IntStream.range(0, THREADS).mapToObj(i -> seeds.nextLong()).toList();
        threads = all.stream().map(seed -> stage.run("caller", () -> call(world, new Random(seed)))).toList();
    }

    private Void call(World world, Random random) throws InterruptedException {
        while (!enough) {
            if (due.tryAcquire(1, TimeUnit.MILLISECONDS)) {
                world.call(random);
            }
        }
        return null;
    }

    void moved() {
        due.release(CALLS_FOR_A_MOVE);
    }

    void stop() {
        enough = true;
        threads.forEach(Running::join);
    }
}
