package io.nmr.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A good history breaks nothing; for each rule that is checked, one that breaks it and nothing else. */
class HistoryCheckTest {

    static void assertKept(Script script) {
        assertThat(HistoryCheck.violationsAtEnd(script.history())).isEmpty();
    }

    /** That the rules are broken, in this order, and each is shown by events of these kinds. */
    static List<Violation> assertBroken(Script script, String... rules) {
        List<Violation> violations = HistoryCheck.violationsAtEnd(script.history());
        assertThat(violations).extracting(Violation::rule).containsExactly(rules);
        assertThat(violations).allSatisfy(violation -> {
            assertThat(violation.events()).isNotEmpty();
            assertThat(violation.toString())
                    .startsWith(violation.rule() + ": " + violation.explanation())
                    .contains(violation.events().get(0).toString());
        });
        return violations;
    }

    @Test
    void aWholeLife_breaksNothing() {
        assertKept(Script.life());
    }

    @Test
    void everyBeginningOfAGoodHistory_breaksNothing() {
        List<Event> events = Script.life().history().events();
        for (int end = 0; end <= events.size(); end++) {
            assertThat(HistoryCheck.violations(new History(events.subList(0, end)))).isEmpty();
        }
    }

    @Test
    void oneSideAlone_breaksNothing() {
        List<Event> events = Script.life().history().events();
        for (Role role : Role.values()) {
            History half = new History(
                    events.stream().filter(event -> event.module().role() == role).toList());
            assertThat(HistoryCheck.violationsAtEnd(half)).isEmpty();
        }
    }

    @Test
    void require_throwsWithRulesAndEvents() {
        History twice = Script.life().after("c1 ATTACH_BEGIN c1/p1", "c1 ATTACH_BEGIN c1/p1").history();
        assertThatThrownBy(() -> HistoryCheck.require(twice))
                .isInstanceOf(AssertionError.class)
                .hasMessageContainingAll("R6: p1 is offered to c1 more than once", "ATTACH_BEGIN of client c1 in c1/p1");
        HistoryCheck.requireAtEnd(Script.life().history());
    }

    @Test
    void R1_aClientIsNotOfferedAProviderThatWasThere() {
        Script unoffered = Script.of("""
                p1 REGISTER_BEGIN
                p1 REGISTER_END SUCCESS
                c1 REGISTER_BEGIN
                c1 REGISTER_END SUCCESS
                """);
        assertThat(assertBroken(unoffered, "R1").get(0).explanation()).contains("p1 and c1 are both registered");
    }

    @Test
    void R2_aProviderIsNotOfferedToAClientThatWasThere() {
        assertBroken(Script.of("""
                c1 REGISTER_BEGIN
                c1 REGISTER_END SUCCESS
                p1 REGISTER_BEGIN
                p1 REGISTER_END SUCCESS
                """), "R2");
    }

    @Test
    void R6_aPairThatRegistersAtTheSameTime_isNeverOffered() {
        String both = """
                c1 REGISTER_BEGIN
                p1 REGISTER_BEGIN @other
                c1 REGISTER_END SUCCESS
                p1 REGISTER_END SUCCESS @other
                """;
        assertBroken(Script.of(both), "R6");
        assertKept(Script.of(both).before("p1 REGISTER_END SUCCESS @other",
                "c1 DEREGISTER_BEGIN", "c1 DEREGISTER_END PENDING", "c1 DEREGISTERED"));
        assertKept(Script.of(both).replacing("p1 REGISTER_END SUCCESS @other", "p1 REGISTER_END REFUSED @other"));
    }

    @Test
    void R6_aPairIsOfferedTwice() {
        assertBroken(Script.of("""
                p1 REGISTER_BEGIN
                p1 REGISTER_END SUCCESS
                c1 REGISTER_BEGIN
                c1 ATTACH_BEGIN c1/p1
                c1 ATTACH_END REFUSED c1/p1
                c1 ATTACH_BEGIN c1/p1
                c1 ATTACH_END REFUSED c1/p1
                c1 REGISTER_END SUCCESS
                """), "R6");
    }

    @Test
    void R3_modulesOfTwoNpisMeet() {
        assertBroken(Script.of("""
                c1 ATTACH_BEGIN c1/p_1
                p_1 ATTACH_BEGIN c1/p_1
                p_1 ATTACH_END REFUSED c1/p_1
                c1 ATTACH_END REFUSED c1/p_1
                """), "R3");
    }

    @Test
    void R9_registerReturnsBeforeItsOfferIsAnswered() {
        assertBroken(Script.life()
                .without("c1 REGISTER_END SUCCESS")
                .before("c1 ATTACH_END SUCCESS c1/p1", "c1 REGISTER_END SUCCESS"), "R9");
    }

    @Test
    void R9_registerNeverReturns() {
        assertBroken(Script.of("c1 REGISTER_BEGIN"), "R9");
    }

    @Test
    void A2_aClientThatRefused_isDetached() {
        assertBroken(Script.of("""
                c1 ATTACH_BEGIN c1/p1
                c1 ATTACH_END REFUSED c1/p1
                c1 DETACH_BEGIN c1/p1
                c1 DETACH_END SUCCESS c1/p1
                """), "A2");
    }

    @Test
    void A5_aProviderThatRefused_isCleanedUp() {
        assertBroken(Script.of("""
                c1 ATTACH_BEGIN c1/p1
                p1 ATTACH_BEGIN c1/p1
                p1 ATTACH_END FAILED c1/p1
                c1 ATTACH_END REFUSED c1/p1
                p1 DETACH_BEGIN c1/p1
                p1 DETACH_END SUCCESS c1/p1
                """), "A5");
    }

    @Test
    void A4_aProviderIsAskedOutsideOfTheClientsCallback() {
        assertBroken(Script.of("""
                c1 ATTACH_BEGIN c1/p1
                c1 ATTACH_END REFUSED c1/p1
                p1 ATTACH_BEGIN c1/p1
                p1 ATTACH_END REFUSED c1/p1
                """), "A4");
    }

    @Test
    void A6_askedAgainAfterARefusal_isLegal_A10_afterAnAcceptance_isNot() {
        String[] again = {"p1 ATTACH_BEGIN c1/p1", "p1 ATTACH_END REFUSED c1/p1"};
        assertKept(Script.life().before("p1 ATTACH_BEGIN c1/p1", again));
        assertBroken(Script.life().after("p1 ATTACH_END SUCCESS c1/p1", again), "A10");
    }

    @Test
    void A11_anAttachmentThatFailedInTheEnd_isDetached() {
        assertKept(Script.of("""
                p1 REGISTER_BEGIN
                p1 REGISTER_END SUCCESS
                c1 REGISTER_BEGIN
                c1 ATTACH_BEGIN c1/p1
                p1 ATTACH_BEGIN c1/p1
                p1 ATTACH_END SUCCESS c1/p1
                c1 ATTACH_END FAILED c1/p1
                c1 DETACH_BEGIN c1/p1
                c1 DETACH_END SUCCESS c1/p1
                p1 DETACH_BEGIN c1/p1
                p1 DETACH_END SUCCESS c1/p1
                c1 CLEANUP_BEGIN c1/p1
                c1 CLEANUP_END FAILED c1/p1
                p1 CLEANUP_BEGIN c1/p1
                p1 CLEANUP_END SUCCESS c1/p1
                c1 REGISTER_END SUCCESS
                """));
    }

    @Test
    void A11_anAttachmentThatFailedInTheEnd_isLost() {
        assertBroken(Script.of("""
                c1 ATTACH_BEGIN c1/p1
                p1 ATTACH_BEGIN c1/p1
                p1 ATTACH_END SUCCESS c1/p1
                c1 ATTACH_END FAILED c1/p1
                """), "D2", "D2");
    }

    @Test
    void A11_aClientThatConfirmsWithoutHavingAttached_hasNoBinding() {
        String confirmed = """
                p1 REGISTER_BEGIN
                p1 REGISTER_END SUCCESS
                c1 REGISTER_BEGIN
                c1 ATTACH_BEGIN c1/p1
                c1 ATTACH_END SUCCESS c1/p1
                c1 REGISTER_END SUCCESS
                c1 DEREGISTER_BEGIN
                c1 DEREGISTER_END PENDING
                c1 DEREGISTERED
                """;
        assertKept(Script.of(confirmed));
        assertBroken(Script.of(confirmed).before("c1 DEREGISTER_END PENDING",
                "c1 DETACH_BEGIN c1/p1", "c1 DETACH_END SUCCESS c1/p1"), "A2");
    }

    @Test
    void A12_callbacksOfOneSideOverlap() {
        assertBroken(Script.life()
                .without("p1 CLEANUP_END SUCCESS c1/p1", "p1 CLEANUP_BEGIN c1/p1")
                .without("p1 DETACH_END SUCCESS c1/p1")
                .after("c1 COMPLETE_BEGIN c1/p1",
                        "p1 CLEANUP_BEGIN c1/p1", "p1 DETACH_END SUCCESS c1/p1", "p1 CLEANUP_END SUCCESS c1/p1"),
                "A12", "A12", "A12", "C1");
    }

    @Test
    void A12_aCallbackNeverReturns() {
        assertBroken(Script.of("c1 ATTACH_BEGIN c1/p1"), "A12");
    }

    @Test
    void D1_offeredAfterItHadLeft() {
        assertBroken(Script.of("""
                p1 REGISTER_BEGIN
                p1 REGISTER_END SUCCESS
                p1 DEREGISTER_BEGIN
                p1 DEREGISTER_END PENDING
                c1 ATTACH_BEGIN c1/p1
                p1 ATTACH_BEGIN c1/p1
                p1 ATTACH_END REFUSED c1/p1
                c1 ATTACH_END REFUSED c1/p1
                p1 DEREGISTERED
                """), "D1", "D8");
    }

    @Test
    void D1_offeredToAClientThatCameLater_onAThreadThatWasNeverSeen() {
        assertBroken(Script.of("""
                p1 REGISTER_BEGIN
                p1 REGISTER_END SUCCESS
                p1 DEREGISTER_BEGIN
                p1 DEREGISTER_END PENDING
                c1 REGISTER_BEGIN
                c1 ATTACH_BEGIN c1/p1 @pool
                c1 ATTACH_END REFUSED c1/p1 @pool
                c1 REGISTER_END SUCCESS
                p1 DEREGISTERED
                """), "D1");
    }

    @Test
    void D1_anOfferThatMayHaveBegunBefore_provesNothing() {
        assertKept(Script.of("""
                p1 REGISTER_BEGIN
                p1 REGISTER_END SUCCESS
                c1 REGISTER_BEGIN
                p1 DEREGISTER_BEGIN @other
                p1 DEREGISTER_END PENDING @other
                c1 ATTACH_BEGIN c1/p1
                c1 ATTACH_END REFUSED c1/p1
                c1 REGISTER_END SUCCESS
                p1 DEREGISTERED @other
                """));
    }

    @Test
    void D1_detachedAlthoughNobodyLeaves() {
        assertBroken(Script.life().without("p1 DEREGISTER_BEGIN").before("p1 DEREGISTER_END PENDING", "p1 DEREGISTER_BEGIN"),
                "D1", "D1");
    }

    @Test
    void D1_aClientIsToldTwice_andWithoutReason_andTooLate() {
        assertKept(Script.of(TOLD));
        assertBroken(Script.of(TOLD).after("c1 NOTICE_END SUCCESS", "c1 NOTICE_BEGIN", "c1 NOTICE_END SUCCESS"), "D1");
        assertBroken(Script.of(TOLD).before("c1 DEREGISTER_BEGIN", "c1 NOTICE_BEGIN"), "D1", "D1");
        assertBroken(Script.of(TOLD).without("c1 NOTICE_END SUCCESS").then("c1 NOTICE_END SUCCESS"), "D1");
    }

    private static final String TOLD = """
            c1 REGISTER_BEGIN
            c1 REGISTER_END SUCCESS
            c1 DEREGISTER_BEGIN
            c1 NOTICE_BEGIN
            c1 NOTICE_END SUCCESS
            c1 DEREGISTER_END PENDING
            c1 DEREGISTERED
            """;

    @Test
    void D2_detachedTwice() {
        assertBroken(Script.life().after("p1 DETACH_END SUCCESS c1/p1",
                "p1 DETACH_BEGIN c1/p1", "p1 DETACH_END SUCCESS c1/p1"), "D2");
    }

    @Test
    void D2_oneSideIsNeverDetached() {
        assertBroken(Script.life().without("p1 DETACH_BEGIN c1/p1", "p1 DETACH_END SUCCESS c1/p1",
                "p1 CLEANUP_BEGIN c1/p1", "p1 CLEANUP_END SUCCESS c1/p1"), "D2", "C1", "D2");
    }

    @Test
    void D2_nobodyIsDetached_thoughOneLeaves() {
        assertBroken(Script.life().upTo("p1 CALL_END c1/p1 #2").then(
                "c1 CALL_END c1/p1 #1", "p1 DEREGISTER_BEGIN", "p1 DEREGISTER_END PENDING"), "C2", "D2", "D2");
    }

    @Test
    void D3_aCallIsAdmittedAfterTheDetachCallback() {
        assertBroken(Script.life()
                .replacing("c1 CALL_REFUSED c1/p1 #3", "c1 CALL_ENTERED c1/p1 #3")
                .before("c1 COMPLETE_BEGIN c1/p1", "c1 CALL_END c1/p1 #3"), "D3");
    }

    @Test
    void T6_aCallWithinOneInProgress_isAdmitted() {
        Script within = Script.life()
                .replacing("c1 CALL_BEGIN c1/p1 #3", "c1 CALL_BEGIN c1/p1 #3_within_1")
                .replacing("c1 CALL_REFUSED c1/p1 #3", "c1 CALL_ENTERED c1/p1 #3")
                .after("c1 CALL_ENTERED c1/p1 #3", "c1 CALL_END c1/p1 #3");
        assertKept(within);
        within.without("c1 CALL_END c1/p1 #1").before("c1 CALL_BEGIN c1/p1 #3_within_1", "c1 CALL_END c1/p1 #1");
        assertBroken(within, "D3");
    }

    @Test
    void D5_pendingAndNeverCompleted() {
        Script owing = Script.life().upTo("c1 CALL_END c1/p1 #1");
        assertBroken(owing, "C2", "D5", "C1");
        assertKept(owing.then("p1 TIMEOUT"));
    }

    @Test
    void D6_completedTwice() {
        assertKept(Script.life().then("c1 COMPLETE_BEGIN c1/p1", "c1 COMPLETE_END REFUSED c1/p1"));
        assertBroken(Script.life().then("c1 COMPLETE_BEGIN c1/p1", "c1 COMPLETE_END SUCCESS c1/p1"), "D6");
    }

    @Test
    void D6_completedBeforeAnyDetach() {
        assertBroken(Script.of("""
                c1 ATTACH_BEGIN c1/p1
                c1 ATTACH_END SUCCESS c1/p1
                c1 COMPLETE_BEGIN c1/p1
                c1 COMPLETE_END SUCCESS c1/p1
                """), "D6");
    }

    @Test
    void D6_completedAfterSuccess() {
        assertBroken(Script.life().after("p1 DEREGISTER_END PENDING",
                "p1 COMPLETE_BEGIN c1/p1", "p1 COMPLETE_END SUCCESS c1/p1"), "D6");
    }

    @Test
    void D8_detachedInsideTheAttachment() {
        assertBroken(Script.of("""
                c1 ATTACH_BEGIN c1/p1
                p1 ATTACH_BEGIN c1/p1
                p1 ATTACH_END SUCCESS c1/p1
                p1 DEREGISTER_BEGIN @other
                p1 DETACH_BEGIN c1/p1 @other
                p1 DETACH_END SUCCESS c1/p1 @other
                c1 ATTACH_END SUCCESS c1/p1
                c1 DETACH_BEGIN c1/p1
                c1 DETACH_END SUCCESS c1/p1
                p1 CLEANUP_BEGIN c1/p1
                p1 CLEANUP_END SUCCESS c1/p1
                c1 CLEANUP_BEGIN c1/p1
                c1 CLEANUP_END SUCCESS c1/p1
                p1 DEREGISTER_END PENDING @other
                p1 DEREGISTERED @other
                """), "D8");
    }

    @Test
    void D9_aDetachThatFails_isLeftToTheGate_untilItsCallsHaveEnded() {
        Script failed = Script.life()
                .replacing("c1 DETACH_END PENDING c1/p1", "c1 DETACH_END FAILED c1/p1")
                .without("c1 COMPLETE_BEGIN c1/p1", "c1 COMPLETE_END SUCCESS c1/p1");
        assertKept(failed);
        failed.without("c1 CALL_END c1/p1 #1").after("c1 CLEANUP_END SUCCESS c1/p1", "c1 CALL_END c1/p1 #1");
        assertBroken(failed, "C1", "C1");
        assertKept(failed.without("c1 ANNOUNCE c1/p1"));
    }

    @Test
    void T3_completeWithACallInProgress() {
        assertBroken(Script.life().without("c1 CALL_END c1/p1 #1").after("c1 COMPLETE_BEGIN c1/p1", "c1 CALL_END c1/p1 #1"),
                "T3");
        assertBroken(Script.life().without("p1 CALL_END c1/p1 #2").after("p1 DETACH_END SUCCESS c1/p1", "p1 CALL_END c1/p1 #2"),
                "T3");
    }

    @Test
    void C1_cleanedUpBeforeTheOtherSideHasCompleted() {
        assertBroken(Script.life()
                .without("p1 CLEANUP_BEGIN c1/p1", "p1 CLEANUP_END SUCCESS c1/p1")
                .before("c1 COMPLETE_BEGIN c1/p1", "p1 CLEANUP_BEGIN c1/p1", "p1 CLEANUP_END SUCCESS c1/p1"), "C1");
    }

    @Test
    void C1_cleanedUpTwice() {
        assertBroken(Script.life().after("p1 CLEANUP_END SUCCESS c1/p1",
                "p1 CLEANUP_BEGIN c1/p1", "p1 CLEANUP_END SUCCESS c1/p1"), "C1");
    }

    @Test
    void C1_neverCleanedUp() {
        assertBroken(Script.life().without("c1 CLEANUP_BEGIN c1/p1", "c1 CLEANUP_END SUCCESS c1/p1"), "C2", "C1");
    }

    @Test
    void C2_completeBeforeTheCleanup() {
        assertBroken(Script.life().without("p1 DEREGISTERED").before("c1 CLEANUP_BEGIN c1/p1", "p1 DEREGISTERED"),
                "C2", "C2", "C2");
    }

    @Test
    void C2_neverComplete() {
        assertBroken(Script.life().without("p1 DEREGISTERED"), "C2");
    }

    @Test
    void C3_completeThoughNobodyAsked() {
        assertBroken(Script.of("""
                c1 REGISTER_BEGIN
                c1 REGISTER_END SUCCESS
                c1 DEREGISTERED
                """), "C3");
    }

    @Test
    void O2_stopsWithACallInProgress_O3_unlessItsTimeHadRunOut() {
        Script stuck = Script.life().upTo("c1 CALL_REFUSED c1/p1 #3").then("p1 STOP_BEGIN", "p1 STOP_END SUCCESS");
        assertThat(HistoryCheck.violations(stuck.history())).extracting(Violation::rule).containsExactly("O2");
        assertKept(stuck.before("p1 STOP_BEGIN", "p1 TIMEOUT"));
    }

    @Test
    void aSideWithContextsOfItsOwn_isNotMissed() {
        assertKept(Script.life()
                .without("c1 DETACH_BEGIN c1/p1", "c1 DETACH_END PENDING c1/p1", "c1 COMPLETE_BEGIN c1/p1",
                        "c1 COMPLETE_END SUCCESS c1/p1", "c1 CLEANUP_BEGIN c1/p1", "c1 CLEANUP_END SUCCESS c1/p1")
                .after("c1 ANNOUNCE c1/p1", "c1 UNTRACKED c1/p1"));
    }
}
