package io.nmr.history;

import static io.nmr.history.HistoryCheckTest.assertBroken;
import static io.nmr.history.HistoryCheckTest.assertKept;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Where a good history and a bad one are one event, or one thread, apart; and what is said of half a history. */
class HistoryCheckBoundsTest {

    /** Recorded by its sides alone: who registered is not known. */
    private static final String ATTACHED = """
            c1 ATTACH_BEGIN c1/p1
            p1 ATTACH_BEGIN c1/p1
            p1 ATTACH_END SUCCESS c1/p1
            c1 ATTACH_END SUCCESS c1/p1
            """;

    private static final String[] LEFT = {"p1 DEREGISTER_BEGIN", "p1 DEREGISTER_END PENDING", "p1 DEREGISTERED"};

    @Test
    void requireAtEnd_throwsForWhatIsLeftUndone_requireDoesNot() {
        History owing = Script.life().upTo("c1 CALL_END c1/p1 #1").history();
        HistoryCheck.require(owing);
        assertThatThrownBy(() -> HistoryCheck.requireAtEnd(owing))
                .isInstanceOf(AssertionError.class)
                .hasMessageContainingAll("rules are broken: 3", "D5: the client's side never completes its detach");
    }

    @Test
    void R9_anOfferOfAnotherThread_mayStillBeUnderWay() {
        String both = """
                p1 REGISTER_BEGIN @other
                c1 REGISTER_BEGIN
                p1 REGISTER_END SUCCESS @other
                c1 ATTACH_BEGIN c1/p1 @other
                c1 REGISTER_END SUCCESS
                c1 ATTACH_END REFUSED c1/p1 @other
                """;
        assertKept(Script.of(both));
        assertBroken(Script.of(both)
                .without("p1 REGISTER_END SUCCESS @other")
                .before("c1 REGISTER_BEGIN", "p1 REGISTER_END SUCCESS @other"), "R9");
    }

    @Test
    void R1_ofAClientThatIsOfferedSomebodyUnknown_nothingIsSaid() {
        for (String peer : new String[] {"", "other"}) {
            Recorder recorder = new Recorder();
            ModuleRecorder client = recorder.client("npi", "c");
            recorder.provider("npi", "p").register(() -> true);
            client.register(() -> client.binding("key", peer).attachProvider(() -> null));
            assertThat(HistoryCheck.violations(recorder.history())).extracting(Violation::rule)
                    .isEqualTo(peer.isEmpty() ? List.of() : List.of("R1"));
        }
    }

    @Test
    void A2_isShownByTheAttachment_andByNothingElse() {
        Script refused = Script.of("""
                c1 ATTACH_BEGIN c1/p1
                c1 ATTACH_END REFUSED c1/p1
                c1 DETACH_BEGIN c1/p1
                c1 DETACH_END SUCCESS c1/p1
                """);
        assertThat(assertBroken(refused, "A2").get(0).events()).extracting(Event::kind)
                .containsExactly(Kind.ATTACH_BEGIN, Kind.ATTACH_END, Kind.DETACH_BEGIN);
    }

    @Test
    void A4_aProviderIsAskedBeforeTheOffer() {
        assertKept(Script.of(ATTACHED));
        assertBroken(Script.of(ATTACHED)
                .without("c1 ATTACH_BEGIN c1/p1").after("p1 ATTACH_BEGIN c1/p1", "c1 ATTACH_BEGIN c1/p1"), "A4");
    }

    @Test
    void A5_detachedBeforeTheAcceptance_orOfAProviderThatIsRecordedAlone() {
        assertThat(HistoryCheck.violations(Script.of(ATTACHED)
                        .before("p1 ATTACH_END SUCCESS c1/p1", "c1 DETACH_BEGIN c1/p1 @other").history()))
                .extracting(Violation::rule).contains("A5");
        assertBroken(Script.of("""
                p1 ATTACH_BEGIN c1/p1
                p1 ATTACH_END REFUSED c1/p1
                p1 DETACH_BEGIN c1/p1
                p1 DETACH_END SUCCESS c1/p1
                """), "A5");
    }

    @Test
    void A12_aCallbackNeverReturns_thoughSomethingElseFollows() {
        assertBroken(Script.of("c1 ATTACH_BEGIN c1/p1\nc1 ANNOUNCE c1/p1"), "A12");
    }

    @Test
    void D1_whereARegistrationIsNotRecorded_nothingIsSaidOfTheReason() {
        Script unknown = Script.life().without("c1 REGISTER_BEGIN", "p1 DEREGISTER_BEGIN")
                .before("p1 DEREGISTER_END PENDING", "p1 DEREGISTER_BEGIN");
        assertKept(unknown);
    }

    @Test
    void D2_C1_onceOneSideIsDetached_theOtherFollows_whoeverLeft() {
        assertBroken(Script.of(ATTACHED).then("c1 DETACH_BEGIN c1/p1", "c1 DETACH_END SUCCESS c1/p1"), "C1", "D2");
    }

    @Test
    void D6_aCompletionBesideTheAnswerSuccess_mayHaveComeBeforeIt_oneAfterItNot() {
        assertKept(Script.life().after("p1 DETACH_END SUCCESS c1/p1",
                "p1 COMPLETE_BEGIN c1/p1 @other", "p1 COMPLETE_END SUCCESS c1/p1 @other"));
        assertBroken(Script.life().after("p1 DETACH_END SUCCESS c1/p1",
                "p1 COMPLETE_BEGIN c1/p1", "p1 COMPLETE_END SUCCESS c1/p1"), "D6");
    }

    @Test
    void D8_letFinishAttaching_andThenDetached_orAskedAlthoughOneHadLeft() {
        Script finished = Script.of(ATTACHED).then(
                "p1 DETACH_BEGIN c1/p1", "p1 DETACH_END SUCCESS c1/p1", "c1 DETACH_BEGIN c1/p1", "c1 DETACH_END SUCCESS c1/p1",
                "p1 CLEANUP_BEGIN c1/p1", "p1 CLEANUP_END SUCCESS c1/p1", "c1 CLEANUP_BEGIN c1/p1", "c1 CLEANUP_END SUCCESS c1/p1");
        assertKept(finished.before("p1 ATTACH_END SUCCESS c1/p1", "p1 DEREGISTER_BEGIN", "p1 DEREGISTER_END PENDING")
                .then("p1 DEREGISTERED"));
        assertBroken(finished.without("p1 DEREGISTER_BEGIN", "p1 DEREGISTER_END PENDING")
                .before("p1 ATTACH_BEGIN c1/p1", "p1 DEREGISTER_BEGIN", "p1 DEREGISTER_END PENDING"), "D8");
    }

    @Test
    void T3_aCompletionThatIsRefused_completesNothing() {
        assertKept(Script.life().before("c1 CALL_END c1/p1 #1", "c1 COMPLETE_BEGIN c1/p1", "c1 COMPLETE_END REFUSED c1/p1"));
        assertBroken(Script.life().before("c1 CALL_END c1/p1 #1", "c1 COMPLETE_BEGIN c1/p1", "c1 COMPLETE_END SUCCESS c1/p1"),
                "D6", "T3");
    }

    @Test
    void C2_aBindingThatIsAcceptedAfterTheEnd_isNotMissedAtTheEnd() {
        Script late = Script.of("").then(LEFT);
        ATTACHED.lines().forEach(late::then);
        assertBroken(late, "C2", "C2", "C2", "C2", "D1", "D8", "D2", "D2");
    }
}
