package io.nmr.demo;

import java.util.ArrayList;
import java.util.List;

/**
 * All that the demo saw.
 *
 * @param overdue how many bundles the registrar let go on stopping although not drained
 * @param history what the checker says of what was recorded
 * @param problems whatever else went wrong, in words
 */
record Outcome(
        boolean drain,
        int swapsWanted,
        List<SwapReport> swaps,
        Tally.Snapshot tally,
        long overdue,
        HistoryReport history,
        List<String> problems) {

    private static final String PASSED =
            "PASSED: every request got 200, no call was cut, every swap had calls in progress, every rule held";

    boolean passed() {
        return reasons().isEmpty();
    }

    int exitCode() {
        return passed() ? Demo.PASSED : Demo.FAILED;
    }

    /** Why the demo failed; empty if it passed. */
    List<String> reasons() {
        List<String> reasons = new ArrayList<>();
        require(reasons, tally.requests() > 0, "no request was made");
        require(reasons, tally.failed() == 0, "requests failed: " + tally.failed() + " of " + tally.requests());
        require(reasons, tally.cut() == 0, "calls cut: " + tally.cut());
        require(reasons, swaps.size() == swapsWanted, "swaps made: only " + swaps.size() + " of " + swapsWanted);
        requireNone(reasons, SwapReport.Proof.NO_RECORD, "swaps without a drain record: ");
        requireNone(reasons, SwapReport.Proof.WRONG_RECORD, "swaps with a wrong drain record: ");
        requireNone(reasons, SwapReport.Proof.IDLE, "swaps without calls in progress: ");
        require(reasons, !drain || overdue == 0, "drains overdue: " + overdue);
        require(reasons, history.bindings() > swaps.size(), "recorded bindings: only " + history.bindings());
        require(reasons, history.calls() > 0, "no call was recorded");
        require(reasons, history.held(), "rules broken: " + history.violations().size() + " times");
        require(reasons, problems.isEmpty(), "problems, see above: " + problems.size());
        return reasons;
    }

    private static void require(List<String> reasons, boolean holds, String otherwise) {
        if (!holds) {
            reasons.add(otherwise);
        }
    }

    private void requireNone(List<String> reasons, SwapReport.Proof proof, String otherwise) {
        long count = swaps.stream().filter(swap -> swap.proof() == proof).count();
        require(reasons, count == 0, otherwise + count);
    }

    /** The last line. */
    String verdict() {
        String reasons = String.join("; ", reasons());
        if (drain) {
            return passed() ? PASSED : "FAILED: " + reasons;
        }
        if (tally.cut() == 0) {
            return (passed() ? "PASSED" : "FAILED: " + reasons) + "; but no call was cut, so this control shows nothing";
        }
        if (history.held()) {
            return "FAILED: " + reasons + "; but every rule held, so this control shows nothing of the checker";
        }
        return "FAILED: " + reasons + "; to show that is what this control is for";
    }
}
