package io.nmr.engine.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/** Every pair of a state and an input: the legal ones are exactly these. */
class TransitionTablesTest {

    private static final Set<String> PHASES = Set.of(
            "OFFERED OFFER ATTACHING",
            "OFFERED DEREGISTER GONE",
            "ATTACHING CONNECT CONNECTING",
            "ATTACHING CONFIRM GONE",
            "ATTACHING DECLINE GONE",
            "ATTACHING DEREGISTER ATTACHING_DOOMED",
            "ATTACHING_DOOMED CONFIRM GONE",
            "ATTACHING_DOOMED DECLINE GONE",
            "ATTACHING_DOOMED DEREGISTER ATTACHING_DOOMED",
            "CONNECTING REFUSE ATTACHING",
            "CONNECTING ACCEPT ACCEPTED",
            "CONNECTING DEREGISTER CONNECTING_DOOMED",
            "CONNECTING_DOOMED REFUSE ATTACHING_DOOMED",
            "CONNECTING_DOOMED ACCEPT ACCEPTED_DOOMED",
            "CONNECTING_DOOMED DEREGISTER CONNECTING_DOOMED",
            "ACCEPTED CONFIRM ATTACHED",
            "ACCEPTED DECLINE DETACHING",
            "ACCEPTED DEREGISTER ACCEPTED_DOOMED",
            "ACCEPTED_DOOMED CONFIRM DETACHING",
            "ACCEPTED_DOOMED DECLINE DETACHING",
            "ACCEPTED_DOOMED DEREGISTER ACCEPTED_DOOMED",
            "ATTACHED DEREGISTER DETACHING",
            "DETACHING DEREGISTER DETACHING",
            "DETACHING ALL_DETACHED CLEANING",
            "CLEANING DEREGISTER CLEANING",
            "CLEANING ALL_CLEAN GONE",
            "DETACHING DROP GONE",
            "CLEANING DROP GONE");

    private static final Set<String> SIDES = Set.of(
            "IDLE DETACH DETACH_DUE",
            "DETACH_DUE CALL_DETACH DETACH_CALLED",
            "DETACH_CALLED RETURN_SUCCESS DETACHED",
            "DETACH_CALLED RETURN_PENDING PENDING",
            "DETACH_CALLED FAIL LEFT_TO_GATE",
            "DETACH_CALLED COMPLETE COMPLETED_EARLY",
            "COMPLETED_EARLY RETURN_SUCCESS DETACHED",
            "COMPLETED_EARLY RETURN_PENDING DETACHED",
            "COMPLETED_EARLY FAIL DETACHED",
            "PENDING COMPLETE DETACHED",
            "LEFT_TO_GATE COMPLETE DETACHED",
            "LEFT_TO_GATE GATE_DRAINED DETACHED",
            "DETACHED CLEAN_UP CLEANUP_DUE",
            "CLEANUP_DUE CALL_CLEANUP CLEANUP_CALLED",
            "CLEANUP_CALLED CLEANED CLEAN",
            "DETACH_DUE DROP DROPPED",
            "DETACH_CALLED DROP DROPPED",
            "COMPLETED_EARLY DROP DROPPED",
            "PENDING DROP DROPPED",
            "LEFT_TO_GATE DROP DROPPED",
            "DETACHED DROP DROPPED",
            "CLEANUP_DUE DROP DROPPED",
            "CLEANUP_CALLED DROP DROPPED",
            "CLEAN DROP DROPPED",
            "DROPPED RETURN_SUCCESS DROPPED",
            "DROPPED RETURN_PENDING DROPPED",
            "DROPPED FAIL DROPPED",
            "DROPPED COMPLETE DROPPED",
            "DROPPED GATE_DRAINED DROPPED",
            "DROPPED CLEANED DROPPED");

    @Test
    void phases_legalTransitionsAreExactlyTheDocumented() {
        assertThat(table(Phase.class, Phase.Input.class, Phase::next)).isEqualTo(new TreeSet<>(PHASES));
    }

    @Test
    void sideStates_legalTransitionsAreExactlyTheDocumented() {
        assertThat(table(SideState.class, SideState.Input.class, SideState::next)).isEqualTo(new TreeSet<>(SIDES));
    }

    private static <S extends Enum<S>, I extends Enum<I>> Set<String> table(
            Class<S> states, Class<I> inputs, BiFunction<S, I, S> next) {
        Set<String> legal = new TreeSet<>();
        for (S state : EnumSet.allOf(states)) {
            for (I input : EnumSet.allOf(inputs)) {
                S to = next.apply(state, input);
                if (to != null) {
                    legal.add(state + " " + input + " " + to);
                }
            }
        }
        return legal;
    }

    @Test
    void everyPhaseIsReachable_andOnlyGoneIsTerminal() {
        assertThat(reachable(Phase.OFFERED, Phase.Input.class, Phase::next)).isEqualTo(EnumSet.allOf(Phase.class));
        assertThat(terminal(Phase.class, Phase.Input.class, Phase::next)).containsExactly(Phase.GONE);
    }

    @Test
    void everySideStateIsReachable_andOnlyCleanAndDroppedAreNotLeft_butByADrop() {
        assertThat(reachable(SideState.IDLE, SideState.Input.class, SideState::next))
                .isEqualTo(EnumSet.allOf(SideState.class));
        assertThat(terminal(SideState.class, SideState.Input.class, TransitionTablesTest::moved))
                .containsExactly(SideState.CLEAN, SideState.DROPPED);
    }

    private static SideState moved(SideState from, SideState.Input input) {
        return input == SideState.Input.DROP || from.next(input) == from ? null : from.next(input);
    }

    /** A side of a binding that detaches or cleans up can be dropped, whatever it owes; the one that is idle cannot. */
    @Test
    void O3_everySideOfALeavingBinding_canBeDropped() {
        for (SideState from : EnumSet.range(SideState.DETACH_DUE, SideState.CLEAN)) {
            assertThat(from.next(SideState.Input.DROP)).as("drop of %s", from).isEqualTo(SideState.DROPPED);
        }
        assertThat(SideState.IDLE.next(SideState.Input.DROP)).isNull();
    }

    /** Whatever a callback under way, or a completion to come, may still bring about is legal once dropped. */
    @Test
    void O3_dropped_whatStillComesChangesNothing() {
        Set<SideState.Input> begins = EnumSet.of(
                SideState.Input.DETACH,
                SideState.Input.CALL_DETACH,
                SideState.Input.CLEAN_UP,
                SideState.Input.CALL_CLEANUP,
                SideState.Input.DROP);
        for (SideState.Input input : SideState.Input.values()) {
            assertThat(SideState.DROPPED.next(input)).as(input.toString())
                    .isEqualTo(begins.contains(input) ? null : SideState.DROPPED);
        }
    }

    /** No input leads back: a side that has completed owes nothing ever again. */
    @Test
    void sideStates_onlyMoveOn() {
        for (SideState from : SideState.values()) {
            for (SideState.Input input : SideState.Input.values()) {
                SideState to = from.next(input);
                assertThat(to == null || to.ordinal() > from.ordinal() || from == SideState.DROPPED).as(from + " " + input).isTrue();
            }
        }
    }

    @Test
    void owesDetach_fromTheDueDetachToTheCompletion() {
        Map<Boolean, EnumSet<SideState>> expected = Map.of(
                true, EnumSet.range(SideState.DETACH_DUE, SideState.LEFT_TO_GATE),
                false, EnumSet.complementOf(EnumSet.range(SideState.DETACH_DUE, SideState.LEFT_TO_GATE)));
        expected.forEach((owes, states) ->
                assertThat(states).allSatisfy(state -> assertThat(state.owesDetach()).isEqualTo(owes)));
    }

    @Test
    void twoTransitionsForOnePair_areRefused() {
        TransitionTable<SideState, SideState.Input> table =
                new TransitionTable<>(SideState.class, SideState.Input.class)
                        .on(SideState.IDLE, SideState.Input.DETACH, SideState.CLEAN);
        assertThatThrownBy(() -> table.on(SideState.IDLE, SideState.Input.DETACH, SideState.IDLE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("IDLE");
    }

    private static <S extends Enum<S>, I extends Enum<I>> Set<S> reachable(
            S start, Class<I> inputs, BiFunction<S, I, S> next) {
        Set<S> seen = EnumSet.of(start);
        Deque<S> open = new ArrayDeque<>(seen);
        while (!open.isEmpty()) {
            S state = open.poll();
            for (I input : EnumSet.allOf(inputs)) {
                S to = next.apply(state, input);
                if (to != null && seen.add(to)) {
                    open.add(to);
                }
            }
        }
        return seen;
    }

    private static <S extends Enum<S>, I extends Enum<I>> Set<S> terminal(
            Class<S> states, Class<I> inputs, BiFunction<S, I, S> next) {
        Set<S> terminal = EnumSet.allOf(states);
        terminal.removeIf(state -> EnumSet.allOf(inputs).stream().anyMatch(in -> next.apply(state, in) != null));
        return terminal;
    }
}
