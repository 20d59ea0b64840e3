package io.nmr.registrar;

import static java.util.function.Predicate.not;

import io.nmr.api.Registration;
import io.nmr.engine.BindingSnapshot;
import io.nmr.engine.Caller;
import io.nmr.engine.Overdue;
import io.nmr.engine.RegistrarEngine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What one drain does with modules whose detach timeout has passed, as is set at that moment; and its one record for
 * each of them (O3).
 *
 * <p><b>Threading.</b> Used by the draining thread.
 */
final class OverdueModules implements Overdue {

    /** How often a wait without bound looks whether it still is one: the setting changes, or the framework stops. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final DrainUnderWay drain;
    private final RegistrarEngine engine;
    private final CurrentSettings settings;
    private final Modules modules;
    private final Log log;
    private final Set<Registration> reported = new HashSet<>();
    private final Set<Registration> waitedOn = new HashSet<>();
    private final Set<Registration> interrupted = new HashSet<>();

    OverdueModules(
            DrainUnderWay drain, RegistrarEngine engine, CurrentSettings settings, Modules modules, Log log) {
        this.drain = drain;
        this.engine = engine;
        this.settings = settings;
        this.modules = modules;
        this.log = log;
    }

    @Override
    public Duration passed(Collection<? extends Registration> modules) {
        // Not to wait is not to interrupt either, and not to wait on.
        List<Registration> notAtAll = modules.stream().filter(this::isNotWaitedFor).map(Registration.class::cast).toList();
        List<Registration> overdue = modules.stream().filter(not(this::isNotWaitedFor)).map(Registration.class::cast).toList();
        return overdue.isEmpty() ? giveUp(notAtAll) : follow(notAtAll, overdue);
    }

    private boolean isNotWaitedFor(Registration module) {
        return drain.timeout(module).isZero();
    }

    private Duration follow(List<Registration> notAtAll, List<Registration> overdue) {
        abandon(notAtAll);
        return switch (policy()) {
            case PROCEED -> giveUp(overdue);
            case INTERRUPT -> interruptOnce(overdue);
            case WAIT -> waitOn(overdue);
        };
    }

    /** Nobody waits on, who keeps the framework from stopping. */
    private OverduePolicy policy() {
        OverduePolicy policy = settings.now().overdue();
        return policy == OverduePolicy.WAIT && modules.isClosed() ? OverduePolicy.PROCEED : policy;
    }

    /** At once, whatever the others get. */
    private void abandon(List<Registration> overdue) {
        if (!overdue.isEmpty()) {
            giveUp(overdue);
            engine.abandon(overdue);
        }
    }

    private Duration giveUp(List<Registration> overdue) {
        report(overdue, reported, waitsForOthers(overdue) ? "waits for its other modules only" : "goes on stopping");
        return Duration.ZERO;
    }

    private Duration waitOn(List<Registration> overdue) {
        report(overdue, waitedOn, "waits on, as is set,");
        return LOOK_AGAIN;
    }

    /** Those whose grace has passed too are given up now. */
    private Duration interruptOnce(List<Registration> overdue) {
        List<Registration> again = overdue.stream().filter(interrupted::contains).toList();
        List<Registration> first = overdue.stream().filter(interrupted::add).toList();
        if (first.isEmpty()) {
            return giveUp(again);
        }
        abandon(again);
        return interrupt(first);
    }

    private Duration interrupt(List<Registration> overdue) {
        Duration grace = settings.now().grace();
        List<Thread> threads = engine.view().callers(overdue).stream().map(Caller::thread).distinct().toList();
        threads.forEach(Thread::interrupt);
        log.interrupted(drain.what(), drain.age(), threads.stream().map(Thread::getName).toList(), grace);
        return grace;
    }

    private boolean waitsForOthers(List<Registration> overdue) {
        List<Registration> others = new ArrayList<>(drain.leaving());
        others.removeAll(overdue);
        others.removeAll(reported);
        return !engine.view().bindings(others).isEmpty();
    }

    /** What has not been said yet, now that the drain has ended without all of them. */
    void reportTheRest() {
        if (!report(drain.leaving(), reported, "goes on stopping")) {
            log.wentOn(drain.what(), drain.age(), drain.load());
        }
    }

    /** False, and nothing is said, if all of them have been reported before, or all that remained have ended since. */
    private boolean report(Collection<Registration> overdue, Set<Registration> before, String whatFollows) {
        boolean begins = before.isEmpty();
        List<Registration> first = overdue.stream().filter(before::add).toList();
        List<BindingSnapshot> bindings = engine.view().bindings(first);
        boolean any = begins || !bindings.isEmpty();
        if (any) {
            OverdueReport report = new OverdueReport(bindings, engine.view().callers(first));
            log.overdue(drain.what(), whatFollows, drain.age(), drain.load(), report.text());
        }
        return any;
    }
}
