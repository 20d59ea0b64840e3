package io.nmr.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** The results as a document with charts, made of nothing but the files that the runs left and the notes beside them. */
public final class Document {

    private static final String HEAD = """
            # Results
            Made by `benchmarks/measure report` from the [results](results) of the runs and from [notes.md](notes.md); \
            not by hand.
            Medians over the rounds, the smallest and the largest in brackets. How each benchmark works: [README.md](README.md).

            """;

    private final List<Results> results;
    private final Tables tables;

    /** Of these results. */
    public Document(List<Results> results) {
        this.results = results;
        this.tables = new Tables(results);
    }

    /**
     * Writes the document, and its charts into a folder {@code charts} beside it.
     *
     * @param file of the document; {@code notes.md} beside it goes into it
     */
    public void write(Path file) throws IOException {
        StringBuilder text = new StringBuilder(HEAD);
        results.forEach(each -> text.append(provenance(each)));
        text.append("\n## The goals\nEach is a ratio or a difference inside one round.\n\n").append(Goals.table(results));
        Path notes = file.resolveSibling("notes.md");
        if (Files.exists(notes)) {
            text.append('\n').append(Files.readString(notes));
        }
        text.append(tables.all());
        Path charts = Files.createDirectories(file.resolveSibling("charts"));
        for (Results each : results) {
            for (Chart chart : new Charts(each).all()) {
                Files.writeString(charts.resolve(chart.file()), chart.svg());
                text.append("\n![").append(chart.title()).append("](charts/").append(chart.file()).append(")\n");
            }
        }
        Files.writeString(file, text.toString());
    }

    private static String provenance(Results results) {
        String kept = results.kept().stream().map(Document::unrest).collect(Collectors.joining(", "));
        String rejected = results.rejected().stream()
                .map(round -> round.name() + " " + unrest(round)).collect(Collectors.joining(", "));
        return "- " + results.name() + ": " + results.of("java") + " (" + results.of("vm") + "), " + results.of("machine")
                + ", commit " + results.of("commit") + ", " + results.of("date") + ". Rounds kept: "
                + results.kept().size() + ", in which oneXadd with 4 threads took " + kept
                + " times what it took with one; dropped while running: " + results.of("dropped") + "; rejected, for more than "
                + Goal.number(Unrest.MOST) + " times or less than " + Goal.number(Unrest.LEAST) + ": "
                + (rejected.isEmpty() ? "none" : rejected) + ".\n";
    }

    private static String unrest(Round round) {
        ToDoubleFunction<Round> unrest = Round::unrest;
        return Goal.number(unrest.applyAsDouble(round));
    }
}
