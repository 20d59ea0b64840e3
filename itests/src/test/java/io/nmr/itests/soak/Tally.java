package io.nmr.itests.soak;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.nmr.api.runtime.Counters;
import io.nmr.history.Event;
import io.nmr.history.Kind;
import io.nmr.history.Outcome;
import io.nmr.history.RegisteredModule;
import io.nmr.history.Role;
import io.nmr.itests.kit.Await;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the histories of all rounds so far add up to, and whether the registrar's counters say the same. */
final class Tally {

    private long rounds;
    private long events;
    private long calls;
    private long refusedCalls;
    private long offersSeen;
    private long bindings;
    private long cleanups;
    private long thrown;
    private long misconduct;
    private long timeouts;
    private long bindingsTimedOut;

    void add(List<Event> round) {
        rounds++;
        events += round.size();
        calls += count(round, of(Kind.CALL_ENTERED));
        refusedCalls += count(round, of(Kind.CALL_REFUSED));
        offersSeen += count(round, of(Kind.ATTACH_BEGIN).and(by(Role.CLIENT)));
        bindings += count(round, of(Kind.ATTACH_END).and(by(Role.PROVIDER)).and(with(Outcome.SUCCESS)));
        cleanups += count(round, of(Kind.CLEANUP_END).and(by(Role.PROVIDER)));
        thrown += count(round, with(Outcome.FAILED).and(Tally::isThrown));
        misconduct += misconduct(round);
        timeouts += count(round, of(Kind.TIMEOUT));
        bindingsTimedOut += bindingsTimedOut(round);
    }

    /** Those that end in this round, of modules for which somebody may have stopped waiting. */
    private static long bindingsTimedOut(List<Event> round) {
        Set<RegisteredModule> overdue =
                round.stream().filter(of(Kind.TIMEOUT)).map(Event::module).collect(Collectors.toSet());
        return bindings(round, of(Kind.DETACH_BEGIN).and(event -> overdue.contains(event.module()))).size();
    }

    /** What was thrown, or else what was answered, is the note. */
    private static boolean isThrown(Event event) {
        return event.note().contains("Exception");
    }

    /** A completion beside the answer SUCCESS (D6), nonsense (D9), no dispatch table (A5), taken back (A11). */
    private static long misconduct(List<Event> round) {
        Set<String> accepted = bindings(round, of(Kind.ATTACH_END).and(by(Role.PROVIDER)).and(with(Outcome.SUCCESS)));
        return Stream.of(Role.values()).mapToLong(role -> superfluous(round, role)).sum()
                + count(round, of(Kind.DETACH_END).and(with(Outcome.FAILED)).and(event -> !isThrown(event)))
                + count(round, of(Kind.ATTACH_END).and(with(Outcome.REFUSED)).and(event ->
                        event.note().startsWith("Attached")
                                || event.module().role() == Role.CLIENT && accepted.contains(event.binding())));
    }

    private static long superfluous(List<Event> round, Role role) {
        Set<String> over = bindings(round, of(Kind.DETACH_END).and(by(role)).and(with(Outcome.SUCCESS)));
        return count(round, of(Kind.COMPLETE_END).and(by(role)).and(event -> over.contains(event.binding())));
    }

    private static Set<String> bindings(List<Event> events, Predicate<Event> which) {
        return events.stream().filter(which).map(Event::binding).collect(Collectors.toSet());
    }

    private static Predicate<Event> of(Kind kind) {
        return event -> event.kind() == kind;
    }

    private static Predicate<Event> by(Role role) {
        return event -> event.module().role() == role;
    }

    private static Predicate<Event> with(Outcome outcome) {
        return event -> event.outcome() == outcome;
    }

    private static long count(List<Event> events, Predicate<Event> which) {
        return events.stream().filter(which).count();
    }

    /** Something that was offered may be withdrawn before the client hears of it. */
    void check(Supplier<Counters> counters, long attachedNow, long stuck) {
        Await.until("the counters say what the histories say", () -> agree(counters.get(), attachedNow), new Object() {
            @Override
            public String toString() {
                return counters.get() + "\n" + Tally.this + ", attached now " + attachedNow;
            }
        });
        Counters now = counters.get();
        assertEquals("offered = attached + refused in " + now, now.offered(), now.attached() + now.refused());
        assertTrue("every offer that a client heard of in " + now, now.offered() >= offersSeen);
        assertTrue("every stuck binding, " + stuck + ", in " + now, now.overdue() >= stuck);
        assertTrue("no more than of " + this + " in " + now, now.overdue() <= bindingsTimedOut);
        assertTrue("no more than of " + this + " in " + now, now.abandoned() <= timeouts);
        assertEquals("nobody waited inside of what it waited for", 0, now.possibleDeadlocks());
        assertEquals("dropped", 0, now.dropped());
    }

    private boolean agree(Counters now, long attachedNow) {
        return now.attached() == bindings
                && now.detached() == cleanups
                && now.attached() - now.detached() == attachedNow
                && now.failedCallbacks() == thrown
                && now.protocolErrors() == misconduct;
    }

    String summary(Counters counters, long drains) {
        return "rounds " + rounds + ", events " + events + ", calls " + calls + " (refused " + refusedCalls
                + "), bindings " + bindings + ", drains " + drains + ", overdue " + counters.overdue()
                + ", failed callbacks " + counters.failedCallbacks() + ", protocol errors " + counters.protocolErrors();
    }

    @Override
    public String toString() {
        return "rounds " + rounds + ", offers seen " + offersSeen + ", bindings " + bindings + ", cleanups " + cleanups
                + ", thrown " + thrown + ", misconduct " + misconduct
                + ", timeouts " + timeouts + " of bindings " + bindingsTimedOut;
    }
}
