package io.nmr.benchmarks.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one benchmark measured in one round.
 *
 * @param name its class and method, without the package
 * @param threads how many threads
 * @param parameters by name
 * @param score the mean
 * @param median the median of the samples where there are samples, else the mean
 * @param counters the secondary figures
 * @param series by counter, one figure for each iteration
 */
record Measurement(
        String name,
        int threads,
        Map<String, String> parameters,
        double score,
        double median,
        Map<String, Double> counters,
        Map<String, List<Double>> series) {

    @SuppressWarnings("unchecked") // as JMH writes it
    static Measurement of(Map<String, Object> json) {
        String name = (String) json.get("benchmark");
        Map<String, String> parameters = new LinkedHashMap<>();
        ((Map<String, Object>) json.getOrDefault("params", Map.of()))
                .forEach((key, value) -> parameters.put(key, (String) value));
        Map<String, Object> primary = (Map<String, Object>) json.get("primaryMetric");
        Map<String, Double> counters = new LinkedHashMap<>();
        Map<String, List<Double>> series = new LinkedHashMap<>();
        ((Map<String, Object>) json.get("secondaryMetrics")).forEach((key, value) -> {
            Map<String, Object> metric = (Map<String, Object>) value;
            counters.put(key, (Double) metric.get("score"));
            series.put(key, raw(metric));
        });
        double score = (Double) primary.get("score");
        return new Measurement(
                name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1),
                ((Double) json.get("threads")).intValue(),
                parameters,
                score,
                json.get("mode").equals("avgt") || json.get("mode").equals("thrpt") ? score : median(primary),
                counters,
                series);
    }

    @SuppressWarnings("unchecked") // as JMH writes it
    private static double median(Map<String, Object> metric) {
        return (Double) ((Map<String, Object>) metric.get("scorePercentiles")).get("50.0");
    }

    /** Of the one fork. */
    @SuppressWarnings("unchecked") // as JMH writes it
    private static List<Double> raw(Map<String, Object> metric) {
        List<Object> forks = (List<Object>) metric.getOrDefault("rawData", List.of());
        return forks.isEmpty() ? List.of() : (List<Double>) forks.get(0);
    }

    /** Whether it has these parameters, written {@code name=value}. */
    boolean has(String... wanted) {
        return List.of(wanted).stream().allMatch(each -> each.equals(
                each.substring(0, each.indexOf('=')) + "=" + parameters.get(each.substring(0, each.indexOf('=')))));
    }
}
