package io.nmr.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nmr.api.AttachResult.Attached;
import io.nmr.api.AttachResult.Refused;
import io.nmr.api.AttachResult;
import io.nmr.api.CallGate;
import io.nmr.api.ClientBindingHandle;
import io.nmr.api.NmrException;
import io.nmr.api.NmrStatus;
import io.nmr.api.runtime.BindingSnapshot;
import io.nmr.api.runtime.RegistrarEvent.OfIncident.Kind;
import io.nmr.api.runtime.Role;
import io.nmr.engine.History.What;
import io.nmr.engine.spi.Incident;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A5, A10 and A11: what callers do wrong, and what callbacks do wrong, while a binding attaches. */
class AttachMisuseTest extends EngineTest {

    private static final Refused MISUSED = new Refused(NmrStatus.INVALID_PARAMETER);

    private RecordingClient client;
    private RecordingProvider provider;

    @BeforeEach
    void modules() {
        client = rig.client("client");
        provider = rig.provider("provider");
    }

    private void expectMisuse() {
        Incident incident = rig.expectIncident(Kind.PROTOCOL_ERROR, "A10");
        assertThat(incident.message())
                .contains("attach", "client", "binding", rig.npi.toString(), "inside attachProvider");
        assertThat(incident.module()).isNotNull();
    }

    @Test
    void A10_attachFromAnotherThreadDuringTheCallback_changesNothing() {
        client.onAttach = link -> {
            assertThat(rig.crew.<AttachResult>elsewhere(() -> handle(link).attach("wrong", null))).isEqualTo(MISUSED);
            return link.attach().status();
        };
        attached(client, provider);
        expectMisuse();
        assertThat(provider.link().peerContext).isSameAs(client.link());
    }

    @Test
    void A10_attachOutsideTheCallback_changesNothing() {
        attached(client, provider);
        assertThat(handle(client.link()).attach("wrong", null)).isEqualTo(MISUSED);
        expectMisuse();
        assertThat(provider.links).hasSize(1);
    }

    @Test
    void A10_attachAfterTheCallbackRefused_changesNothing() {
        client.onAttach = link -> NmrStatus.NOINTERFACE;
        rig.registerAll(client, provider);
        assertThat(handle(client.link()).attach("late", null)).isEqualTo(MISUSED);
        expectMisuse();
        assertThat(provider.links).isEmpty();
    }

    @Test
    void A10_attachAfterItSucceeded_changesNothing() {
        client.onAttach = link -> {
            NmrStatus status = link.attach().status();
            assertThat(handle(link).attach("again", null)).isEqualTo(MISUSED);
            return status;
        };
        attached(client, provider);
        expectMisuse();
        assertThat(provider.links).hasSize(1);
    }

    @Test
    void A10_attachNestedInTheProvidersCallback_changesNothing() {
        provider.onAttach = link -> {
            assertThat(handle((Link) link.peerContext).attach("nested", null)).isEqualTo(MISUSED);
            return link.accept();
        };
        attached(client, provider);
        expectMisuse();
        assertThat(provider.links).hasSize(1);
    }

    @Test
    void A10_attachInDetachAndInCleanup_changesNothing() {
        attached(client, provider);
        client.onDetach = link -> {
            assertThat(handle(link).attach("late", null)).isEqualTo(MISUSED);
            return link.close();
        };
        client.onCleanup = link -> assertThat(handle(link).attach("late", null)).isEqualTo(MISUSED);
        rig.deregisterAndWait(client);
        expectMisuse();
        expectMisuse();
    }

    @Test
    void A11_clientReturnsFailureAfterAcceptance_bothSidesAreDetachedAndCleanedUp() {
        client.onAttach = link -> {
            link.attach();
            return NmrStatus.INSUFFICIENT_RESOURCES;
        };
        breaksA7(Kind.PROTOCOL_ERROR, "STATUS_INSUFFICIENT_RESOURCES");
    }

    @Test
    void A11_clientReturnsPendingAfterAcceptance_bothSidesAreDetachedAndCleanedUp() {
        client.onAttach = link -> {
            link.attach();
            return NmrStatus.PENDING;
        };
        breaksA7(Kind.PROTOCOL_ERROR, "STATUS_PENDING");
    }

    @Test
    void A11_clientReturnsNullAfterAcceptance_bothSidesAreDetachedAndCleanedUp() {
        client.onAttach = link -> {
            link.attach();
            return null;
        };
        breaksA7(Kind.PROTOCOL_ERROR, "returned null");
    }

    @Test
    void A11_clientThrowsAfterAcceptance_bothSidesAreDetachedAndCleanedUp() {
        client.onAttach = link -> {
            link.attach();
            throw new IllegalStateException("no memory");
        };
        breaksA7(Kind.CALLBACK_FAILED, "no memory");
    }

    @Test
    void A11_clientThrowsAnErrorAfterAcceptance_bothSidesAreDetachedAndCleanedUp() {
        client.onAttach = link -> {
            link.attach();
            throw new NoClassDefFoundError("gone");
        };
        breaksA7(Kind.CALLBACK_FAILED, "gone");
    }

    private void breaksA7(Kind kind, String what) {
        rig.registerAll(client, provider);

        history.await("both cleanups", () -> history.count(What.CLEANUP_END) == 2);
        assertThat(rig.expectIncident(kind, "A11").message()).contains("client", "attachProvider", what, "detached");
        history.only(What.CLEANUP, provider);
        // A call that the client began in between is waited for: its detach callback is the ordinary one.
        history.only(What.DETACH, client);
        rig.deregisterAndWait(client);
        rig.deregisterAndWait(provider);
        assertThat(history.count(What.DETACH)).isEqualTo(2);
    }

    @Test
    void A11_clientReturnsSuccessWithoutAttaching_hasNoBinding() {
        client.onAttach = link -> NmrStatus.SUCCESS;
        rig.registerAll(client, provider);
        assertThat(rig.expectIncident(Kind.PROTOCOL_ERROR, "A11").message()).contains("without having attached");
        hasNoBinding();
    }

    @Test
    void A11_clientReturnsSuccessAfterARefusal_hasNoBinding() {
        provider.refuse(NmrStatus.NOINTERFACE);
        client.onAttach = link -> {
            link.attach();
            return NmrStatus.SUCCESS;
        };
        rig.registerAll(client, provider);
        rig.expectIncident(Kind.PROTOCOL_ERROR, "A11");
        hasNoBinding();
    }

    @Test
    void A11_clientReturnsNullWithoutAttaching_isARefusal() {
        client.onAttach = link -> null;
        rig.registerAll(client, provider);
        assertThat(rig.expectIncident(Kind.PROTOCOL_ERROR, "A11").message()).contains("refusal");
        hasNoBinding();
    }

    @Test
    void A11_clientThrowsWithoutAttaching_isARefusal() {
        RuntimeException thrown = new RuntimeException("not today");
        client.onAttach = link -> {
            throw thrown;
        };
        rig.registerAll(client, provider);
        assertThat(rig.expectIncident(Kind.CALLBACK_FAILED, "A11").cause()).isSameAs(thrown);
        hasNoBinding();
    }

    private void hasNoBinding() {
        assertThat(rig.engine.view().bindings(List.of(client.registration, provider.registration))).isEmpty();
        rig.deregisterAndWait(client);
        rig.deregisterAndWait(provider);
        assertThat(history.count(What.DETACH) + history.count(What.CLEANUP)).isZero();
    }

    @Test
    void A5_providerThrows_isARefusal_andMayBeAskedAgain() {
        RuntimeException thrown = new RuntimeException("once");
        provider.onAttach = link -> {
            if (provider.links.size() == 1) {
                throw thrown;
            }
            return link.accept();
        };
        client.onAttach = link -> {
            assertThat(link.attach()).isEqualTo(new Refused(NmrStatus.UNSUCCESSFUL));
            return link.attach().status();
        };
        attached(client, provider);
        Incident incident = rig.expectIncident(Kind.CALLBACK_FAILED, "A5");
        assertThat(incident.cause()).isSameAs(thrown);
        assertThat(incident.module().role()).isEqualTo(Role.PROVIDER);
    }

    @Test
    void A5_providerReturnsNull_isARefusal() {
        provider.onAttach = link -> null;
        rig.registerAll(client, provider);
        assertThat(history.only(What.ATTACH_END, client).outcome()).isEqualTo(NmrStatus.UNSUCCESSFUL);
        rig.expectIncident(Kind.PROTOCOL_ERROR, "A5");
        hasNoBinding();
    }

    @Test
    void A5_providerAcceptsWithoutDispatchTable_isARefusal() {
        provider.onAttach = link -> new Attached(link, null);
        rig.registerAll(client, provider);
        assertThat(history.only(What.ATTACH_END, client).outcome()).isEqualTo(NmrStatus.INVALID_PARAMETER);
        rig.expectIncident(Kind.PROTOCOL_ERROR, "A5");
        hasNoBinding();
    }

    @Test
    void announce_inBothCallbacks_isShownWhileTheBindingLasts() {
        client.onAttach = link -> {
            link.announce();
            return link.attach().status();
        };
        attached(client, provider);
        client.link().enter();
        client.link().enter();

        BindingSnapshot snapshot = rig.engine.view().bindings(List.of(provider.registration)).get(0);

        assertThat(snapshot.client().callsInProgress()).hasValue(2);
        assertThat(snapshot.provider().callsInProgress()).isEmpty();
        client.link().exit();
        client.link().exit();
    }

    @Test
    void announce_twiceOrOutsideTheCallbackOrFromAnotherThread_changesNothing() {
        client.onAttach = link -> {
            link.announce();
            misusesAnnounce(link);
            return link.attach().status();
        };
        provider.onAttach = link -> {
            rig.crew.run(() -> misusesAnnounce(link)).join();
            return link.accept();
        };
        attached(client, provider);
        misusesAnnounce(client.link());
        misusesAnnounce(provider.link());
        assertThat(client.link().side().gate()).isSameAs(client.link().gate);
        assertThat(provider.link().side().gate()).isNull();
    }

    @Test
    void announce_byAProviderThatRefused_isForgottenWithTheRefusal() {
        provider.onAttach = link -> {
            link.announce();
            return provider.links.size() == 1 ? new Refused(NmrStatus.NOINTERFACE) : link.accept();
        };
        client.onAttach = link -> {
            link.attach();
            return link.attach().status();
        };
        attached(client, provider);
        assertThat(provider.allLinks().get(1).side().gate()).isSameAs(provider.allLinks().get(1).gate);
    }

    @Test
    void announce_null_isRefused() {
        client.onAttach = link -> {
            assertThatThrownBy(() -> link.handle.announce(null)).isInstanceOf(NullPointerException.class);
            return link.attach().status();
        };
        attached(client, provider);
    }

    private void misusesAnnounce(Link link) {
        assertThatThrownBy(() -> link.handle.announce(CallGate.open()))
                .isInstanceOf(NmrException.class)
                .hasMessageContaining("announce by " + link.side().role());
        rig.incidents.removeIf(incident -> incident.message().contains("announce by"));
    }

    private static ClientBindingHandle handle(Link link) {
        return (ClientBindingHandle) link.handle;
    }
}
