package io.nmr.benchmarks.report;

import java.util.List;
import java.util.Locale;

/**
 * A chart of lines, as SVG that needs nothing from anywhere.
 *
 * @param file its name
 * @param title what is shown
 * @param x the axis below
 * @param y the axis at the left
 * @param lines the lines, drawn in this order
 */
record Chart(String file, String title, Axis x, Axis y, List<Line> lines) {

    /** One line: its name, and its points from left to right. */
    record Line(String name, List<Point> points) {}

    /** A figure at a place. */
    record Point(double x, double y) {}

    private static final int WIDTH = 760;
    private static final int HEIGHT = 420;
    private static final int LEFT = 70;
    private static final int RIGHT = 240;
    private static final int TOP = 40;
    private static final int BOTTOM = 50;
    private static final int LEGEND_LINE = 20;
    private static final List<String> COLOURS = List.of(
            "#4477aa", "#ee6677", "#228833", "#ccbb44", "#66ccee", "#aa3377", "#bbbbbb", "#000000", "#e07b00", "#7744aa");

    String svg() {
        StringBuilder svg = new StringBuilder();
        line(svg, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" "
                + "font-family=\"sans-serif\" font-size=\"12\">", WIDTH, HEIGHT, WIDTH, HEIGHT);
        line(svg, "<rect width=\"%d\" height=\"%d\" fill=\"white\"/>", WIDTH, HEIGHT);
        line(svg, "<text x=\"%d\" y=\"22\" font-size=\"14\">%s</text>", LEFT, title);
        axes(svg);
        for (int i = 0; i < lines.size(); i++) {
            draw(svg, lines.get(i), COLOURS.get(i % COLOURS.size()), TOP + 10 + LEGEND_LINE * i);
        }
        return svg.append("</svg>\n").toString();
    }

    private void axes(StringBuilder svg) {
        for (double tick : y.ticks()) {
            line(svg, "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#dddddd\"/>",
                    LEFT, WIDTH - RIGHT, y(tick), y(tick));
            line(svg, "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>", LEFT - 6, y(tick) + 4, Axis.label(tick));
        }
        for (double tick : x.ticks()) {
            line(svg, "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>",
                    x(tick), HEIGHT - BOTTOM + 18, Axis.label(tick));
        }
        line(svg, "<path d=\"M%d %d V%d H%d\" fill=\"none\" stroke=\"black\"/>", LEFT, TOP, HEIGHT - BOTTOM, WIDTH - RIGHT);
        line(svg, "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>",
                (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 12, x.name());
        line(svg, "<text x=\"16\" y=\"%d\" text-anchor=\"middle\" transform=\"rotate(-90 16 %d)\">%s</text>",
                HEIGHT / 2, HEIGHT / 2, y.name());
    }

    private void draw(StringBuilder svg, Line drawn, String colour, int legend) {
        StringBuilder path = new StringBuilder();
        for (Point point : drawn.points()) {
            path.append(String.format(Locale.ROOT, "%s%.1f %.1f ", path.length() == 0 ? "M" : "L", x(point.x()), y(point.y())));
            line(svg, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>", x(point.x()), y(point.y()), colour);
        }
        line(svg, "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>", path.toString().strip(), colour);
        line(svg, "<rect x=\"%d\" y=\"%d\" width=\"14\" height=\"4\" fill=\"%s\"/>", WIDTH - RIGHT + 16, legend - 5, colour);
        line(svg, "<text x=\"%d\" y=\"%d\">%s</text>", WIDTH - RIGHT + 36, legend, drawn.name());
    }

    private double x(double value) {
        return LEFT + x.part(value) * (WIDTH - RIGHT - LEFT);
    }

    private double y(double value) {
        return HEIGHT - BOTTOM - y.part(value) * (HEIGHT - BOTTOM - TOP);
    }

    private static void line(StringBuilder svg, String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
