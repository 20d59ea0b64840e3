package io.nmr.benchmarks;

import io.nmr.benchmarks.report.Document;
import io.nmr.benchmarks.report.Goals;
import io.nmr.benchmarks.report.Results;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Runs the benchmarks in rounds, so that the ratios of a round are of one and the same quarter of an hour, and keeps the
 * calm ones; or makes the document of what was kept.
 */
public final class Benchmarks {

    private static final int DROPPED_AT_MOST = 6;

    private final Form form;
    private final Suite suite;
    private final Path results;
    private int dropped;

    private Benchmarks(Form form, Path results) {
        this.form = form;
        this.suite = new Suite(form);
        this.results = results;
    }

    /**
     * Arguments: {@code smoke}, {@code quick} or {@code full}, and the folder that the results go to; or {@code report},
     * that folder, and the document to write beside it.
     */
    public static void main(String[] arguments) throws RunnerException, IOException {
        String command = arguments.length > 0 ? arguments[0] : "quick";
        Path results = Path.of(arguments.length > 1 ? arguments[1] : "benchmarks/target/results");
        if (command.equals("report")) {
            new Document(Results.readAll(results)).write(results.resolveSibling("RESULTS.md"));
        } else {
            boolean complete = new Benchmarks(Form.valueOf(command.toUpperCase(Locale.ROOT)), results).run();
            System.exit(complete ? 0 : 1); // a framework that ran in this JVM may have left threads behind
        }
    }

    /** False if there was no calm round. */
    private boolean run() throws RunnerException, IOException {
        ResultFiles files = new ResultFiles(results);
        files.clear();
        int kept = 0;
        while (kept < form.rounds && dropped < DROPPED_AT_MOST) {
            List<RunResult> measured = new ArrayList<>();
            if (round(kept + 1, measured)) {
                kept++;
                files.write(measured, kept, dropped);
            } else {
                dropped++;
            }
        }
        if (form != Form.SMOKE) {
            System.out.print(Goals.table(Results.readAll(results)));
        }
        return kept == form.rounds;
    }

    /** Whether the machine was calm: looked at after the calls, and again in the end. */
    private boolean round(int number, List<RunResult> measured) throws RunnerException {
        run(suite.calls(), measured);
        if (!isCalm(number, measured)) {
            return false;
        }
        run(suite.others(number), measured);
        List<RunResult> again = new ArrayList<>();
        run(suite.controls(), again);
        return isCalm(number, again);
    }

    private static void run(List<Trial> trials, List<RunResult> measured) throws RunnerException {
        for (Trial trial : trials) {
            System.out.println(trial);
            measured.addAll(trial.run());
        }
    }

    private boolean isCalm(int round, Collection<RunResult> measured) {
        if (form == Form.SMOKE) {
            return true;
        }
        Calm calm = Calm.of(measured);
        System.out.println("Round " + round + ": " + calm);
        return calm.isCalm();
    }
}
