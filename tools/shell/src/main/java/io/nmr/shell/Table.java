package io.nmr.shell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A table of at most 80 columns. Names are shortened until it fits. */
final class Table {

    static final int WIDTH = 80;
    private static final String GAP = "  ";

    private final List<Column> columns;
    private final List<String[]> rows = new ArrayList<>();

    Table(Column... columns) {
        this.columns = List.of(columns);
        rows.add(Arrays.stream(columns).map(Column::title).toArray(String[]::new));
    }

    /** A column whose texts may be shortened to so many characters. */
    static Column name(String title, int least) {
        return new Column(title, false, least);
    }

    /** A column whose texts are short. */
    static Column text(String title) {
        return new Column(title, false, Integer.MAX_VALUE);
    }

    /** A column of numbers. */
    static Column number(String title) {
        return new Column(title, true, Integer.MAX_VALUE);
    }

    Table row(Object... cells) {
        rows.add(Arrays.stream(cells).map(String::valueOf).toArray(String[]::new));
        return this;
    }

    @Override
    public String toString() {
        return indented("");
    }

    /** The table, with this in front of each line. */
    String indented(String indent) {
        List<String[]> fitting = fitting(widths(WIDTH - indent.length()));
        int[] widths = natural(fitting);
        return fitting.stream().map(row -> indent + line(row, widths) + System.lineSeparator()).collect(Collectors.joining());
    }

    private String line(String[] row, int... widths) {
        return IntStream.range(0, row.length)
                .mapToObj(i -> columns.get(i).aligned(row[i], widths[i]))
                .collect(Collectors.joining(GAP))
                .stripTrailing();
    }

    private List<String[]> fitting(int... widths) {
        return rows.stream()
                .map(row -> IntStream.range(0, row.length).mapToObj(i -> Names.fit(row[i], widths[i])).toArray(String[]::new))
                .toList();
    }

    /** Takes from the widest that can do with less. */
    private int[] widths(int available) {
        int[] widths = natural(rows);
        int excess = Arrays.stream(widths).sum() + GAP.length() * (widths.length - 1) - available;
        for (; excess > 0; excess--) {
            int widest = IntStream.range(0, widths.length)
                    .filter(i -> widths[i] > columns.get(i).least())
                    .boxed()
                    .max(Comparator.comparingInt(i -> widths[i]))
                    .orElse(-1);
            if (widest < 0) {
                break;
            }
            widths[widest]--;
        }
        return widths;
    }

    private int[] natural(List<String[]> cells) {
        return IntStream.range(0, columns.size())
                .map(column -> cells.stream().mapToInt(row -> row[column].length()).max().orElse(0))
                .toArray();
    }

    /**
     * A column.
     *
     * @param title what stands above it
     * @param right whether it is aligned at the right
     * @param least how narrow it may become
     */
    record Column(String title, boolean right, int least) {

        private String aligned(String text, int width) {
            String padding = " ".repeat(width - text.length());
            return right ? padding + text : text + padding;
        }
    }
}
