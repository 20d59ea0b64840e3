package io.nmr.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The engine's packages use only those before them, and no types within one form a large knot; read from the classes. */
class ArchitectureTest {

    private static final String ENGINE = "io.nmr.engine";
    private static final int LARGEST_KNOT = 8;

    /** Each may use those before it. */
    private static final List<String> ORDER = List.of("spi", "state", "effects", "waiting", "view", "");

    private static final Map<String, Set<String>> USES = uses();

    /** Which type of the engine uses which; a nested type counts as its outermost one. */
    private static Map<String, Set<String>> uses() {
        StringWriter printed = new StringWriter();
        PrintWriter out = new PrintWriter(printed);
        ToolProvider.findFirst("jdeps").orElseThrow()
                .run(out, out, "-verbose:class", "-filter:none", "--multi-release", "base", "target/classes");
        Map<String, Set<String>> uses = new TreeMap<>();
        String from = "";
        for (String line : printed.toString().lines().toList()) {
            String[] words = line.trim().split("\\s+");
            if (line.startsWith("   io.nmr")) {
                from = outermost(words[0]);
            }
            int arrow = List.of(words).indexOf("->");
            if (arrow >= 0 && words[arrow + 1].startsWith(ENGINE) && !from.isEmpty()) {
                uses.computeIfAbsent(from, type -> new TreeSet<>()).add(outermost(words[arrow + 1]));
            }
        }
        return uses;
    }

    private static String outermost(String type) {
        int nested = type.indexOf('$');
        return nested < 0 ? type : type.substring(0, nested);
    }

    private static String packageOf(String type) {
        String inside = type.substring(ENGINE.length(), type.lastIndexOf('.'));
        return inside.isEmpty() ? inside : inside.substring(1);
    }

    @Test
    void packages_useOnlyThoseBeforeThem() {
        assertThat(USES).isNotEmpty();
        USES.forEach((type, used) -> used.forEach(other ->
                assertThat(ORDER.indexOf(packageOf(other)))
                        .as("%s uses %s", type, other)
                        .isLessThanOrEqualTo(ORDER.indexOf(packageOf(type)))));
        assertThat(USES.keySet().stream().map(ArchitectureTest::packageOf)).allMatch(ORDER::contains);
    }

    @Test
    void typesThatReachEachOther_areAHandful() {
        for (String type : USES.keySet()) {
            Set<String> knot = reachableFrom(type).stream()
                    .filter(other -> reachableFrom(other).contains(type))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(knot).as("the knot of %s", type).hasSizeLessThanOrEqualTo(LARGEST_KNOT);
        }
    }

    private static Set<String> reachableFrom(String type) {
        Set<String> seen = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(type));
        while (!open.isEmpty()) {
            for (String used : USES.getOrDefault(open.poll(), Set.of())) {
                if (seen.add(used)) {
                    open.add(used);
                }
            }
        }
        return seen;
    }
}
