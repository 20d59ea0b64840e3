package io.nmr.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.jr.ob.JSON;
import io.nmr.api.runtime.BindingSnapshot;
import io.nmr.api.runtime.BindingState;
import io.nmr.api.runtime.FakeRuntime;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.ServiceReference;

class NmrCommandsTest {

    private final FakeRuntime runtime = new FakeRuntime();

    private String typed(Consumer<NmrCommands> command) {
        String printed = Typed.into(runtime, command);
        assertThat(printed.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        return printed;
    }

    @Test
    void gogo_seesEachCommandAndHelp() {
        assertThat(NmrCommands.functions()).containsExactly(
                "abandon", "binding", "bindings", "drains", "help", "modules", "npis", "stats", "swap");
    }

    @Test
    void modules_areListed() {
        runtime.attachedToOld();
        assertThat(typed(nmr -> nmr.modules()).lines()).containsExactly(
                "ID  ROLE      NPI             NO  BUNDLE                    STATE       BINDINGS",
                " 1  client    address lookup   1  i.n.s.client 1.0.0 [5]    registered         1",
                " 2  provider  address lookup   1  i.n.s.provider 1.0.0 [6]  registered         1");
    }

    @Test
    void bindings_showCallsInProgress_aDashWhereTheyAreNotTracked() {
        runtime.draining();
        assertThat(typed(nmr -> nmr.bindings())).contains("C>P  P>C", "  1    -");
    }

    @Test
    void bindings_areFiltered() {
        runtime.attachedToOld();
        runtime.bindings.add(FakeRuntime.detaching(2, FakeRuntime.CLIENT, FakeRuntime.NEW, true));
        runtime.modules.add(FakeRuntime.registered(FakeRuntime.NEW, 1));
        assertThat(ids(typed(nmr -> nmr.bindings("--state", "overdue")))).containsExactly("2");
        assertThat(ids(typed(nmr -> nmr.bindings("--state=ATTACHED")))).containsExactly("1");
        assertThat(ids(typed(nmr -> nmr.bindings("--bundle", "io.nmr.sample.provider:2.0.0")))).containsExactly("2");
        assertThat(ids(typed(nmr -> nmr.bindings("--bundle", 6L)))).containsExactly("1");
        assertThat(ids(typed(nmr -> nmr.bindings("--npi", "Address lookup")))).containsExactly("1", "2");
        assertThat(ids(typed(nmr -> nmr.bindings("--npi", FakeRuntime.OLD.npiId())))).containsExactly("1", "2");
        assertThat(typed(nmr -> nmr.bindings("--state", "cleaning"))).isEqualToIgnoringNewLines("No binding.");
    }

    private static Stream<String> ids(String table) {
        return table.lines().skip(1).map(line -> line.strip().split(" ")[0]);
    }

    @Test
    void filterThatPicksNothing_saysWhatThereIs() {
        runtime.attachedToOld();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> typed(nmr -> nmr.modules("--bundle", "io.nmr.other")))
                .withMessage("--bundle io.nmr.other picks no module; there are: "
                        + "io.nmr.sample.client 1.0.0 [5], io.nmr.sample.provider 1.0.0 [6]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> typed(nmr -> nmr.bindings("--npi", "nonsense")))
                .withMessage("--npi nonsense picks no module; there are: address lookup");
    }

    @Test
    void binding_showsBothSides_whoOwesWhat_andTheStacks() {
        runtime.draining();
        assertThat(typed(nmr -> nmr.binding("1"))).contains(
                "Binding 1 of address lookup: detaching for 1.2 s",
                "  client    io.nmr.sample.client 1.0.0 [5]",
                "calls in progress 1; owes completion",
                "calls not tracked; owes nothing",
                "Thread \"worker 42\" (42), in a call of the client:",
                "    at java.lang.Thread.sleep(Native Method)");
        assertThat(typed(nmr -> nmr.binding("1", "--frames", "1"))).contains(".. 1 more").doesNotContain("TableLookup");
    }

    @Test
    void unknownBinding_saysWhichThereAre() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> typed(nmr -> nmr.binding("9")))
                .withMessage("no binding 9, or none any more; there are: none");
        runtime.attachedToOld();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> typed(nmr -> nmr.binding(9)))
                .withMessage("no binding 9, or none any more; there are: 1 (attached)");
    }

    @Test
    void drains_showWhatTheyWaitFor() {
        runtime.draining();
        assertThat(typed(nmr -> nmr.drains()).lines()).containsExactly(
                "Drain 4: io.nmr.sample.provider 1.0.0 [6]",
                "  for 1.2 s, at most 18.8 s more; 1 module, 1 binding left",
                "  BINDING  STATE      WAITS FOR  BUNDLE                       WHICH OWES  CALLS",
                "        1  detaching  client     i.n.sample.client 1.0.0 [5]  completion      1");
    }

    @Test
    void npisAndStats_areShown() {
        runtime.attachedToOld();
        assertThat(typed(nmr -> nmr.npis())).contains(FakeRuntime.OLD.npiId());
        assertThat(typed(nmr -> nmr.stats()))
                .contains("offers                    9", "drains                    5, median 12 ms, 99 % within 2.0 s, longest 2.0 s");
    }

    @Test
    void abandon_makesOverdue_dropForgets() {
        runtime.draining();
        assertThat(typed(nmr -> nmr.abandon("1"))).isEqualToIgnoringNewLines("Binding 1 is overdue: nobody waits for it any longer.");
        assertThat(runtime.bindings.get(0).overdue()).isTrue();
        assertThat(typed(nmr -> nmr.abandon("1", "--drop"))).isEqualToIgnoringNewLines("Binding 1 is forgotten.");
        assertThat(runtime.bindings).isEmpty();
    }

    /** It cannot be dropped (D8), and the answer must not say that only such can be. */
    @Test
    void drop_insideTheAttachCallbacks_saysThat() {
        BindingSnapshot detaching = FakeRuntime.detaching(3, FakeRuntime.CLIENT, FakeRuntime.OLD, true);
        BindingSnapshot attaching = new BindingSnapshot(
                3, BindingState.ATTACHING, true, detaching.leavingFor(), detaching.client(), detaching.provider());
        runtime.bindings.add(attaching);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> typed(nmr -> nmr.abandon("3", "--drop")))
                .withMessage("binding 3 is overdue, and still attaching; "
                        + "only an overdue one outside of its attach callbacks can be dropped: none");
    }

    @Test
    void abandon_ofTheWrongBinding_saysWhichCanBe() {
        runtime.attachedToOld();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> typed(nmr -> nmr.abandon("1")))
                .withMessage("binding 1 is attached; only a detaching one that is not overdue can be abandoned: none");
        runtime.bindings.add(FakeRuntime.detaching(2, FakeRuntime.CLIENT, FakeRuntime.NEW, true));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> typed(nmr -> nmr.abandon("--drop", "7")))
                .withMessage("no binding 7, or none any more; "
                        + "only an overdue one outside of its attach callbacks can be dropped: 2 (overdue)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"modules", "bindings", "binding", "drains", "npis", "stats", "abandon", "swap"})
    void everyCommand_hasHelp(String name) {
        assertThat(typed(nmr -> invoke(nmr, name, "--help"))).startsWith("Usage: nmr:" + name).contains("--json");
        assertThat(typed(nmr -> nmr.help(name))).startsWith("Usage: nmr:" + name);
        assertThat(typed(nmr -> nmr.help())).contains("  nmr:" + name + " ");
    }

    private static void invoke(NmrCommands nmr, String name, Object... words) {
        try {
            Method command = NmrCommands.class.getMethod(name, Object[].class);
            command.invoke(nmr, (Object) words);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(name, e);
        }
    }

    /** Gogo may find it for a plain help. */
    @Test
    void help_namesTheHelpOfTheShell_whereThereIsOne() {
        FakeFramework framework = new FakeFramework();
        assertThat(help(framework)).doesNotContain("felix:help");
        framework.commands = new ServiceReference<?>[1];
        assertThat(help(framework)).contains("Those of the shell: felix:help");
    }

    private String help(FakeFramework framework) {
        return Typed.into(runtime, framework.context(), Typed.NoTerminal.INSTANCE, nmr -> nmr.help());
    }

    @Test
    void wrongOptions_sayWhatIsAllowed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> typed(nmr -> nmr.modules("--nonsense")))
                .withMessageContaining("--nonsense")
                .withMessageContaining("usage: nmr:modules [-h] [--json] [--bundle=BUNDLE] [--npi=NPI]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> typed(nmr -> nmr.bindings("--state", "gone")))
                .withMessageContaining("ATTACHING, ATTACHED, DETACHING, CLEANING, OVERDUE");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> typed(nmr -> nmr.binding("first")))
                .withMessageContaining("'first' is not a long");
        assertThatIllegalArgumentException().isThrownBy(() -> typed(nmr -> nmr.binding())).withMessageContaining("ID");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> typed(nmr -> nmr.help("nonsense")))
                .withMessageContaining("abandon, binding, bindings, drains");
    }

    @Test
    void registrarThatIsNotThere_isSaid() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Typed.into(null, nmr -> nmr.modules()))
                .withMessageStartingWith("the registrar is not running");
        assertThat(Typed.into(null, nmr -> nmr.help())).contains("nmr:modules");
        assertThat(Typed.into(null, nmr -> nmr.modules("--help"))).contains("nmr:modules");
    }

    @Test
    void json_isTheReadModel_durationsInMilliseconds() throws IOException {
        runtime.draining();
        List<Object> drains = JSON.std.listFrom(Typed.into(runtime, nmr -> nmr.drains("--json")));
        Map<?, ?> drain = (Map<?, ?>) drains.get(0);
        assertThat(drain.get("ageMillis")).isEqualTo(1204);
        assertThat(drain.get("since")).isEqualTo("2026-03-01T08:00:00Z");
        Map<?, ?> binding = (Map<?, ?>) ((List<?>) drain.get("bindings")).get(0);
        assertThat(((Map<?, ?>) binding.get("client")).get("callsInProgress")).isEqualTo(1);
        assertThat(((Map<?, ?>) binding.get("provider")).get("callsInProgress")).isNull();
        assertThat(((Map<?, ?>) binding.get("provider")).containsKey("callsInProgress")).isTrue();
    }

    @Test
    void json_ofEveryOtherCommand_isJson() throws IOException {
        runtime.draining();
        assertThat(JSON.std.listFrom(Typed.into(runtime, nmr -> nmr.modules("--json")))).hasSize(2);
        assertThat(JSON.std.listFrom(Typed.into(runtime, nmr -> nmr.bindings("--json")))).hasSize(1);
        assertThat(JSON.std.listFrom(Typed.into(runtime, nmr -> nmr.npis("--json")))).hasSize(1);
        assertThat(JSON.std.mapFrom(Typed.into(runtime, nmr -> nmr.stats("--json")))).containsKeys("counters", "drainTimes");
        assertThat(JSON.std.mapFrom(Typed.into(runtime, nmr -> nmr.binding("--json", "1")))).containsKeys("binding", "calls");
        assertThat(JSON.std.mapFrom(Typed.into(runtime, nmr -> nmr.abandon("--json", "1")))).containsEntry("now", "overdue");
    }
}
