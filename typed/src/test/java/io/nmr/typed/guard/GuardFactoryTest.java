package io.nmr.typed.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.nmr.typed.Garbage;
import io.nmr.typed.Logged;
import io.nmr.typed.guard.zoo.Keeper;
import io.nmr.typed.guard.zoo.Narrow;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;

class GuardFactoryTest {

    @Test
    void interfaceOfALoaderThatSeesNothingOfOurs_isGuarded() throws Exception {
        List<Long> inProgress = new ArrayList<>();
        ForeignLoader loader = new ForeignLoader(name -> false);
        Class<?> type = loader.zoo("Zoo");
        List<TestTracked> tracked = new ArrayList<>();
        Runnable probe = () -> inProgress.add(tracked.get(0).gate().inProgress());
        tracked.add(TestTracked.of(Keeper.of(type, probe)));
        GuardFactory<?> guards = GuardFactory.of(type);
        Object guard = guards.guard(tracked.get(0));

        Class<?> token = loader.zoo("Token");
        Object argument = token.getConstructor(String.class).newInstance("text");
        assertThat(type.getMethod("foreign", token).invoke(guard, argument)).isSameAs(argument);
        assertThat(inProgress).containsExactly(1L);
        assertThat(guards.areProxies()).isFalse();
    }

    @Test
    void R7_guardsGone_nothingKeepsTheirClassOrTheInterface() throws Exception {
        List<WeakReference<?>> gone = generateAndCall();

        Garbage.awaitGone(gone);
    }

    private static List<WeakReference<?>> generateAndCall() throws Exception {
        ForeignLoader loader = new ForeignLoader(name -> false);
        Class<?> type = loader.zoo("Zoo");
        Object guard = GuardFactory.of(type).guard(TestTracked.of(Keeper.of(type, () -> { })));
        type.getMethod("nothing").invoke(guard);
        return List.of(
                new WeakReference<>(loader), new WeakReference<>(type), new WeakReference<>(guard.getClass()));
    }

    @Test
    void interfaceWhoseLoaderLacksAType_isRefusedBeforeAnyCall() throws Exception {
        Class<?> type = new ForeignLoader("Token"::equals).zoo("Zoo");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> GuardFactory.of(type))
                .withMessageContainingAll("zoo.Zoo", "the foreign loader", "does not see")
                .withCauseInstanceOf(NoClassDefFoundError.class);
    }

    @Test
    void noPublicInterface_isRefused() throws Exception {
        assertRefused(String.class, "is no interface");
        assertRefused(Override.class, "is no interface");
        assertRefused(int.class, "is no interface");
        assertRefused(Private.class, "is not public");
        assertRefused(Sealed.class, "is sealed");
        assertRefused(Class.forName("sun.nio.ch.Interruptible"), "module java.base does not export");
    }

    private static void assertRefused(Class<?> type, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GuardFactory.of(type))
                .withMessageContainingAll(type.getName(), reason);
    }

    interface Private {}

    /** Only one class may implement it. */
    public sealed interface Sealed permits Only {}

    /** The one. */
    public record Only() implements Sealed {}

    @Test
    void fallback_isLoggedOnce() {
        try (Logged logged = Logged.of("io.nmr.typed")) {
            GuardFactory<Narrow> guards = Way.PROXY.guards(Narrow.class);
            guards.guard(TestTracked.of(null));
            guards.guard(TestTracked.of(null));

            assertThat(logged.records()).singleElement().satisfies(record -> {
                assertThat(record.getLevel()).isEqualTo(Level.WARNING);
                assertThat(record.getMessage()).contains(Narrow.class.getName(), "slower proxy");
                assertThat(record.getThrown()).isInstanceOf(LinkageError.class);
            });
        }
    }

    @Test
    void origin_ofABundle_isTheBundle() {
        assertThat(Origin.of(String.class)).isEqualTo("the JDK");
        assertThat(Origin.of(GuardFactoryTest.class)).startsWith("loader ");
    }
}
