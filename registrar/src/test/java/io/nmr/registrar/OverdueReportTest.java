package io.nmr.registrar;

import static org.assertj.core.api.Assertions.assertThat;

import io.nmr.api.runtime.BindingSnapshot;
import io.nmr.api.runtime.BindingState;
import io.nmr.api.runtime.ModuleRef;
import io.nmr.api.runtime.Role;
import io.nmr.api.runtime.SideSnapshot;
import io.nmr.api.runtime.SideSnapshot.Owes;
import io.nmr.engine.view.Caller;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** O3: what is said of what is overdue. */
class OverdueReportTest {

    private final ModuleRef client = name(1, Role.CLIENT);
    private final ModuleRef provider = name(2, Role.PROVIDER);

    private static ModuleRef name(long id, Role role) {
        return new ModuleRef(id, role, "an NPI", "its name", "a module", 1, null);
    }

    private BindingSnapshot binding(long id, OptionalLong calls) {
        return new BindingSnapshot(
                id,
                BindingState.DETACHING,
                false,
                Duration.ofMillis(5),
                new SideSnapshot(client, calls, Owes.COMPLETION),
                new SideSnapshot(provider, OptionalLong.empty(), Owes.NOTHING));
    }

    private Caller caller(Thread thread) {
        return new Caller(1, client, thread);
    }

    @Test
    void O3_namesBindingSideCallsAndAge_andTheStackOfEachThread() {
        String text = new OverdueReport(
                        List.of(binding(1, OptionalLong.of(3))), List.of(caller(Thread.currentThread())))
                .text();

        assertThat(text.lines().findFirst().orElseThrow())
                .isEqualTo("binding 1 for 5 ms: " + client + " owes its completion"
                        + " (calls in progress 3, of which 2 counted, without a thread)");
        assertThat(text.lines().skip(1))
                .first()
                .asString()
                .contains("binding 1, a call of " + client, Thread.currentThread().getName(), "RUNNABLE");
        assertThat(text).contains("    at " + getClass().getName());
    }

    @Test
    void O3_notTracked_isNotShownAsNone() {
        assertThat(new OverdueReport(List.of(binding(1, OptionalLong.empty())), List.of()).text())
                .isEqualTo("binding 1 for 5 ms: " + client + " owes its completion (calls not tracked)");
    }

    @Test
    void O3_theLengthIsBounded() {
        List<BindingSnapshot> bindings =
                IntStream.range(0, 70).mapToObj(i -> binding(i, OptionalLong.empty())).toList();
        List<Caller> callers = IntStream.range(0, 40).mapToObj(i -> caller(new Thread("t" + i))).toList();

        String text = new OverdueReport(bindings, callers).text();

        assertThat(text.lines().findFirst().orElseThrow()).contains("binding 63 ").contains("; and 6 more bindings");
        assertThat(text).doesNotContain("binding 64 ").contains("\"t31\"").doesNotContain("\"t32\"");
        assertThat(text.lines().reduce((first, last) -> last)).hasValue("  and 8 more threads");
    }
}
