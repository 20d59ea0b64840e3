package io.nmr.conformance.document;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A test that is named for rules, in the sources of any module.
 *
 * @param module its folder
 * @param type its class
 * @param name such as {@code D5_completeBeforePendingReturned_cleansUpOnce}
 */
record TestOfRule(String module, String type, String name) {

    static final String KIT = "tck";

    private static final Pattern TEST = Pattern.compile(
            "@(?:Test|ParameterizedTest|RepeatedTest)\\b(?:(?!\\bvoid\\b).)*?\\bvoid\\s+((?:[RADCOT]\\d+_)+\\w*)\\s*\\(",
            Pattern.DOTALL);
    private static final Pattern RULE = Pattern.compile("\\G([RADCOT]\\d+)_");

    /** All of the project, sorted. */
    static List<TestOfRule> of(Path project) throws IOException {
        List<TestOfRule> tests = new ArrayList<>();
        try (Stream<Path> poms = Files.find(project, 3, (path, attributes) -> path.endsWith("pom.xml"))) {
            for (Path module : poms.map(Path::getParent).toList()) {
                tests.addAll(in(module, module.endsWith(KIT) ? "src/main/java" : "src/test/java"));
            }
        }
        tests.sort(Comparator.comparing(TestOfRule::module).thenComparing(TestOfRule::type).thenComparing(TestOfRule::name));
        return tests;
    }

    private static List<TestOfRule> in(Path module, String folder) throws IOException {
        Path sources = module.resolve(folder);
        if (!Files.isDirectory(sources)) {
            return List.of();
        }
        List<TestOfRule> tests = new ArrayList<>();
        try (Stream<Path> files = Files.walk(sources)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
                Matcher test = TEST.matcher(Files.readString(file));
                while (test.find()) {
                    String type = file.getFileName().toString().replace(".java", "");
                    tests.add(new TestOfRule(module.getFileName().toString(), type, test.group(1)));
                }
            }
        }
        return tests;
    }

    List<String> rules() {
        return RULE.matcher(name).results().map(found -> found.group(1)).toList();
    }

    boolean isOfTheKit() {
        return module.equals(KIT);
    }
}
