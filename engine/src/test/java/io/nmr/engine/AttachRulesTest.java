package io.nmr.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.nmr.api.AttachResult.Attached;
import io.nmr.api.AttachResult.Refused;
import io.nmr.api.AttachResult;
import io.nmr.api.NmrStatus;
import io.nmr.api.runtime.BindingSnapshot;
import io.nmr.api.runtime.BindingState;
import io.nmr.engine.History.Event;
import io.nmr.engine.History.What;
import io.nmr.engine.state.Inspect;
import io.nmr.engine.state.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AttachRulesTest extends EngineTest {

    private RecordingClient client;
    private RecordingProvider provider;

    @BeforeEach
    void modules() {
        client = rig.client("client");
        provider = rig.provider("provider");
    }

    @Test
    void A1_clientIsCalledWithHandleContextAndInstance() {
        attached(client, provider);
        assertThat(client.link().handle).isNotNull();
        assertThat(client.link().registrationContext).isSameAs(client.registrationContext);
        assertThat(client.link().peer).isSameAs(provider.instance);
    }

    @Test
    void A2_clientRefusesWithoutAttaching_noBindingNoDetachNoCleanup() {
        client.onAttach = link -> NmrStatus.NOINTERFACE;
        rig.registerAll(client, provider);

        assertThat(history.of(provider)).isEmpty();
        rig.deregisterAndWait(provider);
        rig.deregisterAndWait(client);
        assertThat(history.whats(client)).containsExactly(What.ATTACH, What.ATTACH_END);
    }

    @Test
    void A3_clientAttachesInsideTheCallback_withContextAndWithoutDispatch() {
        client.onAttach = link -> link.attach(link, null).status();
        attached(client, provider);
        assertThat(provider.link().peerContext).isSameAs(client.link());
        assertThat(provider.link().peerDispatch).isNull();
    }

    @Test
    void A4_providerIsCalledWithItsHandleContextAndWhatTheClientGave() {
        attached(client, provider);
        Link link = provider.link();
        assertThat(link.handle).isNotNull().isNotSameAs(client.link().handle);
        assertThat(link.registrationContext).isSameAs(provider.registrationContext);
        assertThat(link.peer).isSameAs(client.instance);
        assertThat(link.peerContext).isSameAs(client.link());
        assertThat(link.peerDispatch).isSameAs(client.link());
        Event begin = history.only(What.ATTACH, client);
        Event end = history.only(What.ATTACH_END, client);
        Event inner = history.only(What.ATTACH, provider);
        assertThat(inner.time()).isBetween(begin.time(), end.time());
        assertThat(inner.thread()).isSameAs(begin.thread());
    }

    @Test
    void A5_acceptance_isWhatAttachReturns() {
        attached(client, provider);
        assertThat(client.link().peerContext).isSameAs(provider.link());
        assertThat(client.link().peerDispatch).isSameAs(provider.link());
    }

    @Test
    void A5_refusal_isWhatAttachReturns_andCallsNobodysCleanup() {
        NmrStatus why = new NmrStatus(0xC0001234);
        provider.refuse(why);
        AtomicReference<AttachResult> answer = new AtomicReference<>();
        client.onAttach = link -> {
            answer.set(link.attach());
            return answer.get().status();
        };
        rig.registerAll(client, provider);

        assertThat(answer.get()).isEqualTo(new Refused(why));
        assertThat(history.only(What.ATTACH_END, client).outcome()).isEqualTo(why);
        rig.deregisterAndWait(client);
        assertThat(history.count(What.CLEANUP) + history.count(What.DETACH)).isZero();
    }

    @Test
    void A5_refusalWithPending_isARefusal() {
        provider.refuse(NmrStatus.PENDING);
        rig.registerAll(client, provider);
        assertThat(history.only(What.ATTACH_END, client).outcome()).isEqualTo(NmrStatus.PENDING);
        rig.deregisterAndWait(provider);
        assertThat(history.count(What.DETACH)).isZero();
    }

    @Test
    void A6_afterARefusal_theClientAsksAgainWithAnotherDispatchTable() {
        List<Object> offered = new ArrayList<>();
        provider.onAttach = link -> {
            offered.add(link.peerDispatch);
            return link.peerDispatch.equals("version 1") ? link.accept() : new Refused(NmrStatus.NOINTERFACE);
        };
        client.onAttach = link -> {
            for (int version = 3; version > 1; version--) {
                assertThat(link.attach(link, "version " + version)).isInstanceOf(Refused.class);
            }
            return link.attach(link, "version 1").status();
        };
        attached(client, provider);

        assertThat(offered).containsExactly("version 3", "version 2", "version 1");
        rig.deregisterAndWait(client);
        Link accepted = provider.allLinks().get(2);
        assertThat(history.only(What.DETACH, provider).link()).isSameAs(accepted);
        assertThat(history.only(What.CLEANUP, provider).link()).isSameAs(accepted);
    }

    @Test
    void A6_theLastAttemptIsRefusedToo_nothingComesToBe() {
        provider.refuse(NmrStatus.NOINTERFACE);
        client.onAttach = link -> {
            link.attach(link, "version 2");
            return link.attach(link, "version 1").status();
        };
        rig.registerAll(client, provider);
        assertThat(provider.links).hasSize(2);
        rig.deregisterAndWait(provider);
        assertThat(history.count(What.DETACH)).isZero();
    }

    @Test
    void A7_clientReturnsTheStatusOfItsLastAttach_andTheBindingStands() {
        attached(client, provider);
        assertThat(history.only(What.ATTACH_END, client).outcome()).isEqualTo(NmrStatus.SUCCESS);
        assertThat(rig.engine.view().bindings(List.of(client.registration)))
                .extracting(BindingSnapshot::state)
                .containsExactly(BindingState.ATTACHED);
    }

    @Test
    void A8_callsGoDirectlyThroughTheDispatchTables() {
        Runnable lookup = () -> assertThat(Thread.currentThread().getStackTrace()[2].getClassName())
                .as("the caller of the dispatch table").isEqualTo(AttachRulesTest.class.getName());
        provider.onAttach = link -> new Attached(link, lookup);
        attached(client, provider);
        assertThat(client.link().peerDispatch).isSameAs(lookup);
        ((Runnable) client.link().peerDispatch).run();
    }

    @Test
    void A9_manyToMany_eachBindingHasContextsOfItsOwn() {
        RecordingClient otherClient = rig.client("other client");
        RecordingProvider otherProvider = rig.provider("other provider");
        rig.registerAll(client, otherClient, provider, otherProvider);

        assertThat(client.links).hasSize(2);
        assertThat(otherProvider.links).hasSize(2);
        rig.deregisterAndWait(client);
        assertThat(history.all(What.CLEANUP)).filteredOn(event -> event.isOf(provider)).hasSize(1);
        assertThat(history.all(What.CLEANUP)).filteredOn(event -> event.isOf(otherClient)).isEmpty();
        assertThat(history.all(What.CLEANUP)).filteredOn(event -> event.isOf(client))
                .extracting(Event::link).containsExactlyInAnyOrderElementsOf(client.links);
    }

    @Test
    void A9_nullContexts_areDetachedAndCleanedUpLikeOthers() {
        client.onAttach = link -> link.attach(null, "dispatch").status();
        provider.onAttach = link -> new Attached(null, "dispatch");
        attached(client, provider);
        rig.deregisterAndWait(client);

        assertThat(history.count(What.DETACH)).isEqualTo(2);
        assertThat(history.count(What.CLEANUP)).isEqualTo(2);
        assertThat(history.all(What.CLEANUP)).extracting(Event::link).containsOnlyNulls();
    }

    @Test
    void A9_twoBindingsShareOneContext_eachGetsItsOwnDetachAndCleanup() {
        client.onAttach = link -> link.attach("shared", null).status();
        RecordingProvider second = rig.provider("second");
        rig.registerAll(client, provider, second);

        rig.deregisterAndWait(provider);
        assertThat(history.all(What.DETACH)).filteredOn(event -> event.link() == null).hasSize(1);
        rig.deregisterAndWait(client);
        assertThat(history.all(What.CLEANUP)).filteredOn(event -> event.link() == null).hasSize(2);
    }

    @Test
    void A12_callsMayBegin_whenTheProviderHasAccepted() {
        client.onAttach = link -> {
            NmrStatus status = link.attach().status();
            Link back = (Link) link.peerContext;
            link.enter();
            back.enter();
            assertThat(Inspect.phase(link.handle)).isEqualTo(Phase.ACCEPTED);
            back.exit();
            link.exit();
            return status;
        };
        attached(client, provider);
    }

    @Test
    void A12_callbacksOfDifferentBindings_mayOverlap() {
        RecordingClient other = rig.client("other client");
        CountDownLatch bothInside = new CountDownLatch(2);
        for (RecordingClient one : List.of(client, other)) {
            one.onAttach = link -> {
                bothInside.countDown();
                RegistrationRulesTest.awaitQuietly(bothInside);
                return link.attach().status();
            };
        }
        rig.register(provider);
        rig.crew.start(() -> rig.register(client));
        rig.crew.start(() -> rig.register(other));
        rig.crew.join();
        assertThat(provider.links).hasSize(2);
    }

    @Test
    void A12_eachCallbackOfASideHappensBeforeTheNext_whateverTheThreads() {
        int[] unguarded = new int[2];
        client.inEveryCallback = what -> unguarded[0]++;
        provider.inEveryCallback = what -> unguarded[1]++;
        provider.pend();
        rig.register(provider);
        rig.crew.elsewhere(() -> rig.register(client));
        rig.crew.elsewhere(() -> rig.deregister(client));
        history.await(What.DETACH_END, provider);
        rig.crew.run(provider.link()::complete).join();
        assertThat(rig.crew.<NmrStatus>elsewhere(() -> rig.await(client))).isEqualTo(NmrStatus.SUCCESS);
        assertThat(unguarded).containsExactly(3, 3);
    }
}
