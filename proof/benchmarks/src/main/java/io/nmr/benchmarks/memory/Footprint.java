package io.nmr.benchmarks.memory;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.openjdk.jol.info.GraphLayout;

/**
 * What one more binding keeps, by class: all that is reachable from a registrar and its modules, less what the same
 * modules keep without that binding. M clients and N providers make M * N bindings, so the second difference over M and N
 * leaves out what a module costs, and shares the arrays that grow with the bindings among them.
 *
 * @param objects by class, how many
 * @param bytes by class, how many in all of them
 */
record Footprint(Map<String, Double> objects, Map<String, Double> bytes) {

    /** Of the JDK's own caches, which lie behind every class and come and go as they like. */
    private static final List<String> CACHES =
            List.of("java.lang.ref", "java.lang.Class", "java.lang.String", "java.util.WeakHashMap", "[B");

    static {
        System.setProperty("jol.magicFieldOffset", "true"); // for records and lambdas
    }

    /** Registers modules with a registrar of their own, and answers whatever refers to all of them. */
    interface Bound {
        Object bind(int clients, int providers);
    }

    static Footprint ofOneBinding(Bound bound) {
        int few = 20;
        int many = 60;
        Map<String, Double> objects = new TreeMap<>();
        Map<String, Double> bytes = new TreeMap<>();
        for (int clients : new int[] {few, many}) {
            for (int providers : new int[] {few, many}) {
                GraphLayout graph = GraphLayout.parseInstance(bound.bind(clients, providers));
                double share = (clients == providers ? 1.0 : -1.0) / ((many - few) * (many - few));
                add(objects, graph, share, graph.getClassCounts()::count);
                add(bytes, graph, share, graph.getClassSizes()::count);
            }
        }
        return new Footprint(objects, bytes);
    }

    private static void add(Map<String, Double> sum, GraphLayout graph, double share, ToLongFunction<Class<?>> figure) {
        for (Class<?> type : graph.getClasses()) {
            if (CACHES.stream().noneMatch(type.getName()::contains)) {
                sum.merge(type.getName(), share * figure.applyAsLong(type), Double::sum);
            }
        }
    }

    double total() {
        return bytes.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    @Override
    public String toString() {
        return bytes.keySet().stream()
                .filter(type -> Math.round(bytes.get(type)) != 0)
                .map(type -> String.format("%6.1f bytes, %.0f of %s%n", bytes.get(type), objects.get(type), type))
                .collect(Collectors.joining("", String.format("%.1f bytes a binding:%n", total()), ""));
    }
}
