package io.nmr.typed.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nmr.api.CallChain;
import io.nmr.typed.guard.zoo.Base;
import io.nmr.typed.guard.zoo.Keeper;
import io.nmr.typed.guard.zoo.Narrow;
import io.nmr.typed.guard.zoo.Token;
import io.nmr.typed.guard.zoo.Zoo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GuardTest {

    private final List<Long> inProgress = new ArrayList<>();
    private TestTracked tracked;

    @AfterEach
    void chainIsEmpty() {
        assertThat(CallChain.snapshot()).isEmpty();
        assertThat(tracked.gate().inProgress()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void everyShape_reachesTheTargetAsOneTrackedCall(Way way) throws Exception {
        Zoo<String> zoo = zoo(way);
        int[] array = {1};
        List<String> list = List.of("a");
        Token token = new Token("t");

        assertOneCall(() -> zoo.bool(true), true);
        assertOneCall(() -> zoo.octet(Byte.MIN_VALUE), Byte.MIN_VALUE);
        assertOneCall(() -> zoo.character('\uffff'), '\uffff');
        assertOneCall(() -> zoo.small(Short.MIN_VALUE), Short.MIN_VALUE);
        assertOneCall(() -> zoo.number(Integer.MIN_VALUE), Integer.MIN_VALUE);
        assertOneCall(() -> zoo.big(Long.MIN_VALUE), Long.MIN_VALUE);
        assertOneCall(() -> zoo.real(1.5f), 1.5f);
        assertOneCall(() -> zoo.wide(Double.MIN_VALUE), Double.MIN_VALUE);
        assertOneCall(
                () -> zoo.many(1L, 2, 3.0, "4", 5f, true, new long[] {7}, new String[][] {{"8"}}, 'i', (short) 10, (byte) 11),
                "[1, 2, 3.0, 4, 5.0, true, [7], [[8]], i, 10, 11]");
        assertOneCall(() -> zoo.array(array), array);
        assertOneCall(() -> zoo.varargs("a", "b", "c"), "[a, [b, c]]");
        assertOneCall(() -> zoo.generic("g"), "g");
        assertOneCall(() -> zoo.list(list), list);
        assertOneCall(() -> zoo.foreign(token), token);
        assertOneCall(() -> zoo.hidden("h"), "h");
        assertOneCall(() -> zoo.get(), "get");
        assertOneCall(() -> ((Base<?>) zoo).get(), "get");
        assertOneCall(() -> zoo.tracked(), "tracked");
        assertOneCall(() -> zoo.target("3"), "3");
        List<Runnable> procedures = List.of(zoo::nothing, zoo::enter, zoo::exit, () -> zoo.put("p"), () -> put(zoo));
        for (Runnable procedure : procedures) {
            assertOneCall(() -> run(procedure), null);
        }
        zoo.close();
        assertThat(inProgress).containsExactly(1L);
    }

    private static Void run(Runnable procedure) {
        procedure.run();
        return null;
    }

    /** Through the bridge. */
    private static void put(Narrow narrow) {
        Base<String> base = narrow;
        base.put("p");
    }

    @ParameterizedTest
    @EnumSource
    void defaultMethod_isTheTargetsOwn(Way way) {
        Zoo<String> zoo = zoo(way);

        assertOneCall(() -> zoo.defaulted("d"), "d");
    }

    @ParameterizedTest
    @EnumSource
    void defaultMethod_notOverridden_isOneTrackedCall(Way way) {
        tracked = TestTracked.of(new Defaulted() {
            @Override
            public String inner() {
                inProgress.add(tracked.gate().inProgress());
                return "inner";
            }
        });
        Defaulted guard = way.guards(Defaulted.class).guard(tracked);

        assertOneCall(guard::outer, "outer of inner");
    }

    /** Its default calls another of its methods. */
    public interface Defaulted {

        String inner();

        default String outer() {
            return "outer of " + inner();
        }
    }

    @ParameterizedTest
    @EnumSource
    void exceptions_areThoseOfTheTarget(Way way) {
        Zoo<String> zoo = zoo(way);

        assertThatThrownBy(zoo::checked).isExactlyInstanceOf(IOException.class).hasMessage("checked");
        assertThat(inProgress).containsExactly(1L);

        Error error = new AssertionError("probe");
        tracked = TestTracked.of(Keeper.of(Zoo.class, () -> {
            throw error;
        }));
        Zoo<?> failing = way.guards(Zoo.class).guard(tracked);
        assertThatThrownBy(failing::nothing).isSameAs(error);
    }

    @ParameterizedTest
    @EnumSource
    void objectMethods_areTheGuardsOwn(Way way) {
        Zoo<String> one = zoo(way);
        Zoo<String> other = zoo(way);

        assertThat(one.equals(one)).isTrue();
        assertThat(one.equals(other)).isFalse();
        assertThat(one.hashCode()).isEqualTo(System.identityHashCode(one));
        assertThat(one).hasToString("tracked by the test");
        assertThat(inProgress).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void T1_closed_refusesWithoutCalling(Way way) {
        Zoo<String> zoo = zoo(way);
        tracked.close(() -> { });

        assertThatThrownBy(zoo::nothing).hasMessage("closed");
        assertThat(inProgress).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void recursion_isCountedOnceAndAdmittedWhileClosing(Way way) {
        List<Zoo<String>> self = new ArrayList<>();
        tracked = TestTracked.of(Keeper.of(Zoo.class, () -> {
            inProgress.add(tracked.gate().inProgress());
            if (inProgress.size() < 5) {
                tracked.close(() -> { });
                self.get(0).nothing();
            }
        }));
        self.add(guard(way));
        self.get(0).nothing();

        assertThat(inProgress).isEqualTo(Collections.nCopies(5, 1L));
    }

    @ParameterizedTest
    @EnumSource
    void interfaceOfTheJdk_isGuarded(Way way) {
        tracked = TestTracked.of((Runnable) () -> inProgress.add(tracked.gate().inProgress()));
        way.guards(Runnable.class).guard(tracked).run();

        assertThat(inProgress).containsExactly(1L);
    }

    private Zoo<String> zoo(Way way) {
        tracked = TestTracked.of(Keeper.of(Zoo.class, () -> inProgress.add(tracked.gate().inProgress())));
        return guard(way);
    }

    @SuppressWarnings("unchecked")
    private Zoo<String> guard(Way way) {
        return way.guards(Zoo.class).guard(tracked);
    }

    private <V> void assertOneCall(Supplier<V> call, V expected) {
        inProgress.clear();
        assertThat(call.get()).isEqualTo(expected);
        assertThat(inProgress).containsExactly(1L);
        assertThat(tracked.gate().inProgress()).isZero();
        inProgress.clear();
    }
}
