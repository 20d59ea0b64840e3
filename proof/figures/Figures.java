import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * How large and how knotted the project is. After a build, from the project's root: {@code java proof/figures/Figures.java}.
 */
public final class Figures {

    private static final List<String> PRODUCT = List.of("api", "engine", "registrar", "typed");
    private static final Pattern MEMORY = Pattern.compile("catch \\((final )?[A-Za-z |]*OutOfMemoryError");

    private Figures() {}

    public static void main(String[] arguments) throws IOException {
        Path root = Path.of("");
        List<Path> sources = sources(root);
        long main = 0;
        for (String module : PRODUCT) {
            long lines = lines(sources, path -> path.startsWith(module + "/src/main"));
            System.out.printf("%-10s %6d main lines, largest knot of types %d%n", module, lines, knot(module));
            main += lines;
        }
        System.out.printf("together   %6d main lines%n", main);
        System.out.printf("tests      %6d lines of tests and proof%n", lines(sources, path ->
                path.contains("/src/test/") || path.startsWith("proof/") && !path.startsWith("proof/figures")));
        System.out.printf("long       %6d main classes of over 300 lines%n", sources.stream()
                .filter(path -> path.toString().contains("src/main") && count(path) > 300)
                .count());
        System.out.printf("memory     %6d catch clauses for OutOfMemoryError%n", sources.stream()
                .filter(path -> path.toString().contains("src/main"))
                .mapToLong(path -> MEMORY.matcher(text(path)).results().count())
                .sum());
        System.out.printf("stop       %6d files on the way of a stop, as docs/architecture.md lists them%n",
                Pattern.compile("(?m)^\\d+\\. `").matcher(wayOfAStop()).results().count());
    }

    private static String wayOfAStop() {
        String text = text(Path.of("docs/architecture.md"));
        return text.substring(text.indexOf("the files on the way"));
    }

    private static List<Path> sources(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(path -> path.toString().endsWith(".java") && !path.toString().contains("target/")).toList();
        }
    }

    private static long lines(List<Path> sources, java.util.function.Predicate<String> wanted) {
        return sources.stream().filter(path -> wanted.test(path.toString())).mapToLong(Figures::count).sum();
    }

    private static long count(Path path) {
        return text(path).lines().count();
    }

    private static String text(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new IllegalStateException(path + " cannot be read", e);
        }
    }

    /** The most types of a module that all reach each other; nested types count as their outermost one. */
    private static int knot(String module) {
        Map<String, Set<String>> uses = uses(module);
        int largest = 0;
        for (String type : uses.keySet()) {
            Set<String> reached = reachable(uses, type);
            largest = Math.max(largest, (int) reached.stream().filter(other -> reachable(uses, other).contains(type)).count());
        }
        return largest;
    }

    private static Set<String> reachable(Map<String, Set<String>> uses, String type) {
        Set<String> seen = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(type));
        while (!open.isEmpty()) {
            for (String used : uses.getOrDefault(open.poll(), Set.of())) {
                if (seen.add(used)) {
                    open.add(used);
                }
            }
        }
        return seen;
    }

    private static Map<String, Set<String>> uses(String module) {
        StringWriter printed = new StringWriter();
        PrintWriter out = new PrintWriter(printed);
        ToolProvider.findFirst("jdeps").orElseThrow().run(
                out, out, "-verbose:class", "-filter:none", "--multi-release", "base", module + "/target/classes");
        Map<String, Set<String>> uses = new TreeMap<>();
        List<String> own = new ArrayList<>();
        String from = "";
        for (String line : printed.toString().lines().toList()) {
            String[] words = line.trim().split("\\s+");
            if (line.startsWith("   io.nmr")) {
                from = outermost(words[0]);
                own.add(from);
            }
            int arrow = List.of(words).indexOf("->");
            if (arrow >= 0 && words[arrow + 1].startsWith("io.nmr") && !from.isEmpty()) {
                uses.computeIfAbsent(from, type -> new TreeSet<>()).add(outermost(words[arrow + 1]));
            }
        }
        uses.values().forEach(used -> used.retainAll(own));
        return uses;
    }

    private static String outermost(String type) {
        int nested = type.indexOf('$');
        return nested < 0 ? type : type.substring(0, nested);
    }
}
