package io.nmr.conformance.document;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One rule of the protocol document.
 *
 * @param number such as {@code A4}
 * @param family the heading it stands under, such as {@code A. Attachment}
 * @param text what it says
 */
record Rule(String number, String family, String text) {

    private static final Pattern RULE =
            Pattern.compile("^- ([RADCOT]\\d+)\\*? (.+?)(?=\\n- |\\n\\n|\\z)", Pattern.MULTILINE | Pattern.DOTALL);

    /** All of them, in the order of the document. */
    static List<Rule> of(Path protocol) throws IOException {
        List<Rule> rules = new ArrayList<>();
        for (String section : Files.readString(protocol).split("(?m)^## ")) {
            String family = section.lines().findFirst().orElse("").replace("*", "");
            Matcher rule = RULE.matcher(section);
            while (rule.find()) {
                rules.add(new Rule(rule.group(1), family, rule.group(2).replaceAll("\\s+", " ").strip()));
            }
        }
        return rules;
    }

    /** Whether the kit is to have tests of it: it says what a registrar does, wherever that runs. */
    boolean isOfTheKit() {
        return !number.startsWith("O");
    }
}
