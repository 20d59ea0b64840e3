package io.nmr.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nmr.api.AttachResult;
import io.nmr.api.NmrException;
import io.nmr.api.NmrStatus;
import io.nmr.api.runtime.RegistrarEvent.OfIncident.Kind;
import io.nmr.api.runtime.Role;
import io.nmr.engine.History.What;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** D9 and D11: detach callbacks that fail, for both roles and with every state of the gate. */
class DetachFailureTest extends EngineTest {

    /** How a detach callback fails. */
    enum Failure {
        THROWS(link -> {
            throw new IllegalStateException("broken");
        }),
        THROWS_ERROR(link -> {
            throw new NoClassDefFoundError("broken");
        }),
        RETURNS_NULL(link -> null),
        RETURNS_NONSENSE(link -> NmrStatus.NOINTERFACE);

        final Function<Link, NmrStatus> script;

        Failure(Function<Link, NmrStatus> script) {
            this.script = script;
        }

        void expect(Rig rig) {
            Kind kind = this == THROWS || this == THROWS_ERROR ? Kind.CALLBACK_FAILED : Kind.PROTOCOL_ERROR;
            assertThat(rig.expectIncident(kind, "D9").message()).contains("D9", "detach");
        }
    }

    private RecordingModule failing;
    private RecordingModule other;

    /** Attached, with the failing side's gate announced or not. */
    private Link attach(Role role, boolean announces) {
        RecordingClient client = rig.client("client");
        RecordingProvider provider = rig.provider("provider");
        failing = role == Role.CLIENT ? client : provider;
        other = role == Role.CLIENT ? provider : client;
        client.onAttach = link -> attachAnnouncing(link, announces && failing == client);
        provider.onAttach = link -> {
            announce(link, announces && failing == provider);
            return link.accept();
        };
        attached(client, provider);
        return failing.link();
    }

    private static NmrStatus attachAnnouncing(Link link, boolean announces) {
        announce(link, announces);
        AttachResult result = link.attach();
        return result.status();
    }

    private static void announce(Link link, boolean announces) {
        if (announces) {
            link.announce();
        }
    }

    @ParameterizedTest
    @EnumSource
    void D9_noGate_standsForSuccess(Failure failure) {
        for (Role role : Role.values()) {
            Link untold = attach(role, false);
            untold.enter();
            failing.onDetach = failure.script;
            rig.deregisterAndWait(other);
            failure.expect(rig);
            assertThat(failing.failures).as("cleaned up with a call in progress, for the gate was not announced")
                    .hasSize(1);
            failing.failures.clear();
            untold.exit();
            rig.deregisterAndWait(failing);
        }
    }

    @ParameterizedTest
    @EnumSource
    void D9_emptyGate_standsForSuccess_andTheGateIsClosed(Failure failure) {
        for (Role role : Role.values()) {
            Link link = attach(role, true);
            failing.onDetach = failure.script;
            rig.deregisterAndWait(failing);
            failure.expect(rig);
            assertThat(link.gate.gate().isClosed()).isTrue();
            rig.deregisterAndWait(other);
        }
    }

    @ParameterizedTest
    @EnumSource
    void D9_callInProgress_theLastExitCompletes(Failure failure) {
        for (Role role : Role.values()) {
            Link link = attach(role, true);
            link.enter();
            link.enter();
            failing.onDetach = failure.script;
            rig.deregister(other);
            history.await("both detached", () -> history.count(What.DETACH_END, failing) == 1);
            history.await("closed", () -> link.gate.gate().isClosed());
            failure.expect(rig);
            link.exit();
            assertThat(rig.isComplete(other)).isFalse();
            assertThat(history.count(What.CLEANUP, failing)).isZero();
            link.exit();
            assertThat(rig.await(other)).isEqualTo(NmrStatus.SUCCESS);
            history.only(What.CLEANUP, failing);
            rig.deregisterAndWait(failing);
        }
    }

    @ParameterizedTest
    @EnumSource
    void D9_callInProgress_andItsOwnCompletionWasRegistered_completesOnce(Failure failure) {
        for (Role role : Role.values()) {
            Link link = attach(role, true);
            link.enter();
            failing.onDetach = binding -> {
                assertThat(binding.close()).isEqualTo(NmrStatus.PENDING);
                return failure.script.apply(binding);
            };
            rig.deregister(failing);
            history.await(What.DETACH_END, failing);
            assertThat(history.count(What.CLEANUP, failing)).isZero();
            link.exit();
            assertThat(rig.await(failing)).isEqualTo(NmrStatus.SUCCESS);
            failure.expect(rig);
            history.only(What.COMPLETE, failing);
            rig.deregisterAndWait(other);
        }
    }

    @ParameterizedTest
    @EnumSource
    void D9_itsOwnCompletionRanEarly_completesOnce(Failure failure) {
        for (Role role : Role.values()) {
            Link link = attach(role, true);
            link.enter();
            failing.onDetach = binding -> {
                binding.close();
                rig.crew.run(binding::exit).join();
                return failure.script.apply(binding);
            };
            rig.deregisterAndWait(failing);
            failure.expect(rig);
            history.only(What.COMPLETE, failing);
            rig.deregisterAndWait(other);
        }
    }

    @Test
    void D9_leftToTheGate_theSideMayStillCompleteItself_andTheGateNoMore() {
        Link link = attach(Role.CLIENT, true);
        // Not recorded: the side completes with it in progress, and so breaks T3 itself.
        int call = link.gate.gate().enter();
        failing.onDetach = Failure.THROWS.script;
        rig.deregister(failing);
        history.await("closed", () -> link.gate.gate().isClosed());
        Failure.THROWS.expect(rig);

        link.complete();
        assertThat(rig.await(failing)).isEqualTo(NmrStatus.SUCCESS);
        failing.failures.clear();
        link.gate.gate().exit(call);

        history.only(What.CLEANUP, failing);
        history.only(What.CLEANUP, other);
    }

    @Test
    void D9_completedByTheGate_theSideCompletesNoMore() {
        Link link = attach(Role.PROVIDER, true);
        failing.onDetach = Failure.RETURNS_NULL.script;
        other.pend();
        rig.deregister(failing);
        rig.awaitBothDetached();
        history.await("closed", () -> link.gate.gate().isClosed());
        Failure.RETURNS_NULL.expect(rig);
        assertThat(rig.isComplete(failing)).isFalse();
        other.link().complete();
        assertThat(rig.await(failing)).isEqualTo(NmrStatus.SUCCESS);
        assertThatThrownBy(link.handle::detachComplete).isInstanceOf(NmrException.class);
        rig.expectIncident(Kind.PROTOCOL_ERROR, "D6");
    }

    @Test
    void D9_bothSidesThrow_bothAreCleanedUp() {
        attach(Role.CLIENT, false);
        failing.onDetach = Failure.THROWS.script;
        other.onDetach = Failure.THROWS.script;
        rig.deregisterAndWait(failing);
        Failure.THROWS.expect(rig);
        Failure.THROWS.expect(rig);
        assertThat(history.count(What.CLEANUP)).isEqualTo(2);
    }

    @Test
    void D11_pendingBecauseTheOtherHoldsItsObjects_untilTheyAreReleased() {
        Link holder = attach(Role.CLIENT, false);
        holder.enter(); // the token of a held object
        rig.deregister(other);
        rig.awaitBothDetached();
        assertThat(history.only(What.DETACH_END, failing).outcome()).isEqualTo(NmrStatus.PENDING);
        assertThat(rig.engine.view().bindings(List.of(other.registration)).get(0).owing())
                .extracting(side -> side.module().role())
                .containsExactly(Role.CLIENT);
        holder.exit();
        assertThat(rig.await(other)).isEqualTo(NmrStatus.SUCCESS);
    }
}
