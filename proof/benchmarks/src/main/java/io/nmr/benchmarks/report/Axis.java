package io.nmr.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One axis of a chart.
 *
 * @param name what it shows
 * @param logarithmic whether equal ratios, and not equal differences, are equally far apart
 * @param least the value at its beginning
 * @param most the value at its end
 * @param ticks the values that are written beside it
 */
record Axis(String name, boolean logarithmic, double least, double most, List<Double> ticks) {

    private static final int STEPS = 5;

    /** From the power of ten below the least value to the one above the most. */
    static Axis logarithmic(String name, double least, double most) {
        double from = Math.floor(Math.log10(least));
        double to = Math.max(from + 1, Math.ceil(Math.log10(most)));
        List<Double> ticks = new ArrayList<>();
        for (double power = from; power <= to; power++) {
            ticks.add(Math.pow(10, power));
        }
        return new Axis(name, true, Math.pow(10, from), Math.pow(10, to), ticks);
    }

    /** From 0. */
    static Axis linear(String name, double most) {
        double step = niceStep(most / STEPS);
        List<Double> ticks = new ArrayList<>();
        for (int i = 0; i * step < most + step; i++) {
            ticks.add(i * step);
        }
        return new Axis(name, false, 0, ticks.get(ticks.size() - 1), ticks);
    }

    /** 1, 2 or 5 times a power of ten. */
    private static double niceStep(double rough) {
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double digit = rough / power;
        return power * (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 5 ? 5 : 10);
    }

    /** These values, equally spaced by ratio. */
    static Axis of(String name, List<Double> values) {
        return new Axis(name, true, values.get(0), values.get(values.size() - 1), values);
    }

    /** Where a value lies, from 0 at the beginning to 1 at the end. */
    double part(double value) {
        return logarithmic
                ? Math.log(Math.max(value, least) / least) / Math.log(most / least)
                : (value - least) / (most - least);
    }

    static String label(double tick) {
        String text = tick >= 1 || tick == 0 ? String.format(Locale.ROOT, "%,.0f", tick) : String.valueOf(tick);
        return text.replace(',', ' ');
    }
}
