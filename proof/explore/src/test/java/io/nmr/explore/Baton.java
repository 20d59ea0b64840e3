package io.nmr.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.ToLongFunction;

/**
 * Real threads, of which one runs at a time: it alone touches what is here, and hands the baton on where it yields. So an
 * execution is the same whenever its choices are.
 */
final class Baton {

    private static final long PATIENCE_SECONDS = 20;

    /** One thread of the execution. */
    static final class Actor {

        final String name;
        /** What it performs, if that is part of the state. */
        final Object performed;

        private final Semaphore turn = new Semaphore(0);
        private BooleanSupplier canGoOn = () -> true;
        private boolean attends;
        private boolean ended;
        /** What it has done up to now, as a hash. */
        private long trail;

        private Actor(String name, Object performed) {
            this.name = name;
            this.performed = performed;
            did(name);
        }

        void did(Object what) {
            trail = trail * 1_000_003 + Objects.hashCode(what);
        }

        long trail() {
            return trail;
        }

        boolean hasEnded() {
            return ended;
        }
    }

    private final Executor threads;
    private final Choices choices;
    private final ToLongFunction<List<Actor>> state;
    private final List<Actor> actors = new ArrayList<>();
    private final List<String> steps = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private final Semaphore over = new Semaphore(0);
    private Actor running;
    private volatile boolean stuck;

    Baton(Executor threads, Choices choices, ToLongFunction<List<Actor>> state) {
        this.threads = threads;
        this.choices = choices;
        this.state = state;
    }

    /** Adds an actor, who begins when it is handed the baton. */
    Actor spawn(String name, Object performed, Runnable script) {
        Actor actor = new Actor(name, performed);
        actors.add(actor);
        threads.execute(() -> {
            actor.turn.acquireUninterruptibly();
            Thread.currentThread().setName(name);
            try {
                script.run();
            } catch (Throwable t) {
                failed(t);
            }
            actor.ended = true;
            if (!stuck) {
                handOn();
            }
        });
        return actor;
    }

    private void failed(Throwable thrown) {
        if (!stuck) {
            failures.add(thrown);
        }
    }

    /** Nobody can go on; those that had not ended run out by themselves, and nothing of that counts. */
    boolean isStuck() {
        return stuck;
    }

    /** Runs all to their end. */
    void run() {
        handOn();
        try {
            if (!over.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                stuck = true;
                failures.add(new AssertionError("blocked outside of the schedule: " + running.name));
            }
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted while exploring", e);
        }
    }

    /** Whether all actors but one, and whoever attends, have ended. */
    boolean isAlone() {
        return actors.stream().filter(actor -> !actor.ended && !actor.attends).count() == 1;
    }

    /** Goes on when nobody else can: to look at what has come to rest, and to help. */
    void attend(String label) {
        Actor self = running;
        self.attends = true;
        yieldUntil(label, () -> actors.stream().noneMatch(actor -> actor != self && isAble(actor)));
    }

    Actor running() {
        return running;
    }

    void yield(String label) {
        yieldUntil(label, () -> true);
    }

    /** Lets others go on, until it is handed the baton while {@code canGoOn}. */
    void yieldUntil(String label, BooleanSupplier canGoOn) {
        if (stuck) {
            return;
        }
        Actor self = running;
        self.canGoOn = canGoOn;
        self.did(label);
        steps.add(self.name + ": " + label);
        handOn();
        self.turn.acquireUninterruptibly();
    }

    private void handOn() {
        List<Actor> able = new ArrayList<>();
        if (running != null && isAble(running)) {
            able.add(running);
        }
        actors.stream().filter(actor -> actor != running && isAble(actor)).forEach(able::add);
        if (able.isEmpty()) {
            end();
        } else {
            Actor next = able.get(able.size() == 1 ? 0 : choices.next(able.size(), () -> state.applyAsLong(actors)));
            running = next;
            next.turn.release();
        }
    }

    private static boolean isAble(Actor actor) {
        return !actor.ended && actor.canGoOn.getAsBoolean();
    }

    /** Nobody can go on: all have ended, or those that have not are let run out. */
    private void end() {
        List<Actor> waiting = actors.stream().filter(actor -> !actor.ended).toList();
        if (!waiting.isEmpty()) {
            failures.add(new AssertionError("stuck: "
                    + waiting.stream().map(actor -> actor.name).toList() + " wait for what nobody does"));
            stuck = true;
            waiting.forEach(actor -> actor.turn.release());
        }
        over.release();
    }

    List<String> steps() {
        return steps;
    }

    List<Throwable> failures() {
        return failures;
    }
}
