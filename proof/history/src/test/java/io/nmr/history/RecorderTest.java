package io.nmr.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nmr.api.AttachResult;
import io.nmr.api.NmrStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RecorderTest {

    private final Recorder recorder = new Recorder();
    private final ModuleRecorder client = recorder.client("npi", "c");
    private final ModuleRecorder provider = recorder.provider("npi", "p");
    private final BindingRecorder clientSide = client.binding("p");
    private final BindingRecorder providerSide = provider.binding("c");

    private List<Event> events() {
        return recorder.history().events();
    }

    private static String brief(Event event) {
        return event.module().name() + " " + event.kind() + " " + event.outcome() + " " + event.note();
    }

    @Test
    void aLife_isRecordedInItsOrder_andBreaksNothing() {
        live();
        assertThat(events()).extracting(Event::time).isSorted().doesNotHaveDuplicates();
        assertThat(events()).extracting(Event::thread).containsOnly(
                Thread.currentThread().getName() + "#" + Thread.currentThread().getId());
        assertThat(clientSide.key()).isEqualTo(providerSide.key()).isEqualTo("c/p");
        HistoryCheck.requireAtEnd(recorder.history());
    }

    private void live() {
        provider.register(() -> true);
        client.register(() -> clientSide.attachProvider(() -> providerSide
                .attachClient(() -> new AttachResult.Attached(null, this))
                .status()));
        CallRecorder call = clientSide.call();
        call.entered();
        client.deregister(() -> {
            client.deregistering(() -> { });
            clientSide.detach(() -> NmrStatus.PENDING);
            providerSide.detach(() -> NmrStatus.SUCCESS);
            return NmrStatus.PENDING;
        });
        CallRecorder inner = clientSide.callWithin(call);
        inner.entered();
        inner.ended();
        clientSide.call().refused();
        call.ended();
        clientSide.complete(() -> {
            clientSide.cleanup(() -> { });
            providerSide.cleanup(() -> { });
        });
        client.await(() -> NmrStatus.SUCCESS);
        client.stop(() -> { });
    }

    @Test
    void T3_aCallSeenOnlyWithinItsGate_isInProgressUntilItsEnd() {
        provider.register(() -> true);
        client.register(() -> clientSide.attachProvider(() -> providerSide
                .attachClient(() -> new AttachResult.Attached(null, this))
                .status()));
        CallRecorder call = clientSide.callInProgress();
        client.deregisters();
        clientSide.detach(() -> NmrStatus.SUCCESS);
        call.ended();
        assertThat(HistoryCheck.violations(recorder.history())).extracting(Violation::rule).containsExactly("T3");
    }

    @Test
    void D3_ofACallSeenOnlyWithinItsGate_nothingIsSaid() {
        clientSide.attachProvider(() -> NmrStatus.SUCCESS);
        clientSide.detach(() -> NmrStatus.PENDING);
        clientSide.callInProgress().ended();
        assertThat(HistoryCheck.violations(recorder.history())).isEmpty();
    }

    @Test
    void outcomes() {
        client.register(() -> false);
        clientSide.attachProvider(() -> NmrStatus.NOINTERFACE);
        providerSide.attachClient(() -> new AttachResult.Attached(null, null));
        providerSide.attachClient(() -> null);
        clientSide.detach(() -> NmrStatus.NOINTERFACE);
        clientSide.detach(() -> null);
        client.await(() -> NmrStatus.TIMEOUT);
        client.await(() -> NmrStatus.POSSIBLE_DEADLOCK);
        client.deregister(() -> NmrStatus.INVALID_PARAMETER);
        assertThat(events()).filteredOn(event -> event.outcome() != Outcome.NONE || event.is(Kind.TIMEOUT))
                .extracting(RecorderTest::brief)
                .containsExactly(
                        "c REGISTER_END REFUSED false",
                        "c ATTACH_END REFUSED " + NmrStatus.NOINTERFACE,
                        "p ATTACH_END REFUSED Attached[bindingContext=null, dispatch=null]",
                        "p ATTACH_END FAILED ",
                        "c DETACH_END FAILED " + NmrStatus.NOINTERFACE,
                        "c DETACH_END FAILED ",
                        "c TIMEOUT NONE ",
                        "c DEREGISTER_END REFUSED " + NmrStatus.INVALID_PARAMETER);
    }

    @Test
    void whatIsThrown_isRecorded_andThrown() {
        IllegalStateException thrown = new IllegalStateException("on purpose");
        assertThatThrownBy(() -> clientSide.cleanup(() -> {
            throw thrown;
        })).isSameAs(thrown);
        assertThatThrownBy(() -> clientSide.complete(() -> {
            throw thrown;
        })).isSameAs(thrown);
        assertThat(events()).extracting(RecorderTest::brief).containsExactly(
                "c CLEANUP_BEGIN NONE ",
                "c CLEANUP_END FAILED " + thrown,
                "c COMPLETE_BEGIN NONE ",
                "c COMPLETE_END REFUSED " + thrown);
    }

    @Test
    void aHistory_isTheSameAfterAWayAsText() {
        live();
        recorder.client("n\tp\\i", "new\nline\r").register(() -> "back\\slash\\t");
        String text = recorder.history().lines().collect(Collectors.joining("\n"));
        assertThat(History.parse(text.lines())).isEqualTo(recorder.history());
        assertThat(text.lines()).hasSize(events().size());
        assertThat(History.parse(Stream.of(""))).isEqualTo(new History(List.of()));
        assertThatThrownBy(() -> History.parse(Stream.of("no event")))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("no event");
    }

    @Test
    void recordersOfOneClock_mergeInItsOrder_whereverTheyRecord() {
        AtomicLong clock = new AtomicLong();
        List<Event> handedOn = new ArrayList<>();
        Recorder one = new Recorder(clock::incrementAndGet);
        Recorder other = new Recorder(clock::incrementAndGet, handedOn::add);
        one.client("npi", "c").mark();
        other.provider("npi", "p").mark();
        one.client("npi", "c").mark();
        History merged = History.merged(one.history(), new History(handedOn));
        assertThat(merged.events()).extracting(event -> event.module().name()).containsExactly("c", "p", "c");
        assertThat(other.history().events()).isEmpty();
    }

    @Test
    void manyThreadsAtOnce_loseNothing() throws InterruptedException {
        List<Thread> threads = IntStream.range(0, 4)
                .mapToObj(number -> new Thread(() -> IntStream.range(0, 1000).forEach(each -> clientSide.announced())))
                .toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(events()).hasSize(4000).extracting(Event::time).isSorted().doesNotHaveDuplicates();
    }

    /** As somebody sees it who is told of the begin and the end of its start and stop. */
    @Test
    void aLifeSeenFromOutside_isRecordedAsIfItWereItsOwn() {
        provider.registers();
        provider.registered();
        provider.deregisters();
        provider.deregistered();
        provider.stops();
        provider.stopped();
        assertThat(events()).extracting(RecorderTest::brief).containsExactly(
                "p REGISTER_BEGIN NONE ", "p REGISTER_END SUCCESS ", "p DEREGISTER_BEGIN NONE ", "p DEREGISTERED NONE ",
                "p STOP_BEGIN NONE ", "p STOP_END SUCCESS ");
        HistoryCheck.requireAtEnd(recorder.history());
    }

    @Test
    void aBindingWithoutAKey_isRefused() {
        assertThatThrownBy(() -> client.binding("", "p")).hasMessageContaining("client c");
    }
}
