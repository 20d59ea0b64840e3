package io.nmr.registrar;

import io.nmr.api.Registration;
import io.nmr.api.runtime.BindingSnapshot;
import io.nmr.engine.RegistrarEngine;
import io.nmr.engine.view.Caller;
import io.nmr.engine.waiting.Overdue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decides for one drain how it goes on when the detach timeout of modules has passed, by the setting of that moment. Each such
 * module is reported once (O3).
 *
 * <p><b>Threading.</b> Used by the draining thread.
 */
final class OverdueModules implements Overdue {

    /** How often a wait without bound checks the setting and whether the framework stops. */
    private static final Duration CHECK_AGAIN = Duration.ofSeconds(1);

    private final Drain drain;
    private final RegistrarEngine engine;
    private final CurrentSettings settings;
    private final Modules modules;
    private final Log log;
    private final Set<Registration> reported = new HashSet<>();
    private final Set<Registration> extended = new HashSet<>();
    private final Set<Registration> interrupted = new HashSet<>();

    OverdueModules(Drain drain, RegistrarEngine engine, CurrentSettings settings, Modules modules, Log log) {
        this.drain = drain;
        this.engine = engine;
        this.settings = settings;
        this.modules = modules;
        this.log = log;
    }

    /** A timeout of zero neither interrupts nor extends. */
    @Override
    public Duration passed(Collection<? extends Registration> passed) {
        Map<Boolean, List<Registration>> byZero = passed.stream()
                .map(Registration.class::cast)
                .collect(Collectors.partitioningBy(module -> drain.timeout(module).isZero()));
        List<Registration> others = byZero.get(false);
        return others.isEmpty() ? giveUp(byZero.get(true)) : apply(byZero.get(true), others);
    }

    private Duration apply(List<Registration> withoutTimeout, List<Registration> overdue) {
        giveUp(withoutTimeout);
        return switch (policy()) {
            case PROCEED -> giveUp(overdue);
            case INTERRUPT -> interruptOnce(overdue);
            case WAIT -> extend(overdue);
        };
    }

    /** WAIT becomes PROCEED during framework shutdown. */
    private OverduePolicy policy() {
        OverduePolicy policy = settings.now().overdue();
        return policy == OverduePolicy.WAIT && modules.isClosed() ? OverduePolicy.PROCEED : policy;
    }

    private Duration giveUp(List<Registration> overdue) {
        if (!overdue.isEmpty()) {
            report(overdue, reported, hasOthersLeft(overdue) ? "waits for its other modules only" : "goes on stopping");
            engine.abandon(overdue);
        }
        return Duration.ZERO;
    }

    private Duration extend(List<Registration> overdue) {
        report(overdue, extended, "waits on, as is set,");
        return CHECK_AGAIN;
    }

    /** Modules whose grace has passed too are given up now. */
    private Duration interruptOnce(List<Registration> overdue) {
        List<Registration> again = overdue.stream().filter(interrupted::contains).toList();
        List<Registration> first = overdue.stream().filter(interrupted::add).toList();
        if (first.isEmpty()) {
            return giveUp(again);
        }
        giveUp(again);
        return interruptCallsOf(first);
    }

    private Duration interruptCallsOf(List<Registration> overdue) {
        Duration grace = settings.now().grace();
        List<Thread> threads = engine.view().callers(overdue).stream().map(Caller::thread).distinct().toList();
        threads.forEach(Thread::interrupt);
        log.interrupted(drain.what(), drain.age(), threads.stream().map(Thread::getName).toList(), grace);
        return grace;
    }

    private boolean hasOthersLeft(List<Registration> overdue) {
        List<Registration> others = new ArrayList<>(drain.leaving());
        others.removeAll(overdue);
        others.removeAll(reported);
        return !engine.view().bindings(others).isEmpty();
    }

    /** At the end: reports the modules that are not reported yet, or that they have drained. */
    void reportTheRest() {
        boolean isRest = reported.size() < drain.leaving().size();
        if (isRest && !report(drain.leaving(), reported, "goes on stopping")) {
            log.wentOn(drain.what(), drain.age(), drain.load());
        }
    }

    /** False, and nothing is reported, if all of them were reported before, or the remaining ones have ended since. */
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
