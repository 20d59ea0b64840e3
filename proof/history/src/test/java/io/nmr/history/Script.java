package io.nmr.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A history written down: one event a line, {@code module KIND [OUTCOME] [client/provider] [#note] [@thread]}, on one
 * thread unless it says so. Names that begin with p are providers.
 */
final class Script {

    /** Two modules, a call each way, and the end of one binding, with one side PENDING. */
    private static final String LIFE = """
            p1 REGISTER_BEGIN
            p1 REGISTER_END SUCCESS
            c1 REGISTER_BEGIN
            c1 ATTACH_BEGIN c1/p1
            c1 ANNOUNCE c1/p1
            p1 ATTACH_BEGIN c1/p1
            p1 ATTACH_END SUCCESS c1/p1
            c1 ATTACH_END SUCCESS c1/p1
            c1 REGISTER_END SUCCESS
            c1 CALL_BEGIN c1/p1 #1
            c1 CALL_ENTERED c1/p1 #1
            p1 CALL_BEGIN c1/p1 #2
            p1 CALL_ENTERED c1/p1 #2
            p1 CALL_END c1/p1 #2
            p1 DEREGISTER_BEGIN
            p1 DETACH_BEGIN c1/p1
            p1 DETACH_END SUCCESS c1/p1
            c1 DETACH_BEGIN c1/p1
            c1 DETACH_END PENDING c1/p1
            p1 DEREGISTER_END PENDING
            c1 CALL_BEGIN c1/p1 #3
            c1 CALL_REFUSED c1/p1 #3
            c1 CALL_END c1/p1 #1
            c1 COMPLETE_BEGIN c1/p1
            p1 CLEANUP_BEGIN c1/p1
            p1 CLEANUP_END SUCCESS c1/p1
            c1 CLEANUP_BEGIN c1/p1
            c1 CLEANUP_END SUCCESS c1/p1
            c1 COMPLETE_END SUCCESS c1/p1
            p1 DEREGISTERED
            p1 STOP_BEGIN
            p1 STOP_END SUCCESS
            """;

    private final List<String> lines = new ArrayList<>();

    private Script(Stream<String> lines) {
        lines.map(String::strip).filter(line -> !line.isEmpty()).forEach(this.lines::add);
    }

    static Script of(String text) {
        return new Script(text.lines());
    }

    static Script life() {
        return of(LIFE);
    }

    Script without(String... gone) {
        Arrays.stream(gone).forEach(line -> lines.remove(at(line)));
        return this;
    }

    Script before(String line, String... inserted) {
        lines.addAll(at(line), List.of(inserted));
        return this;
    }

    Script after(String line, String... inserted) {
        lines.addAll(at(line) + 1, List.of(inserted));
        return this;
    }

    Script replacing(String line, String by) {
        lines.set(at(line), by);
        return this;
    }

    Script then(String... appended) {
        lines.addAll(List.of(appended));
        return this;
    }

    /** Everything up to and with this line. */
    Script upTo(String line) {
        lines.subList(at(line) + 1, lines.size()).clear();
        return this;
    }

    private int at(String line) {
        int at = lines.indexOf(line);
        if (at < 0) {
            throw new IllegalArgumentException("no such line: " + line);
        }
        return at;
    }

    History history() {
        List<Event> events = new ArrayList<>();
        lines.forEach(line -> events.add(event(events.size() + 1, line.split(" +"))));
        return new History(events);
    }

    private static Event event(long time, String[] words) {
        List<String> rest = Arrays.asList(words).subList(2, words.length);
        Role role = words[0].startsWith("p") ? Role.PROVIDER : Role.CLIENT;
        String binding = rest.stream().filter(word -> word.contains("/")).findFirst().orElse("");
        return new Event(
                time,
                word(rest, "@", "main"),
                new RegisteredModule(role, words[0].contains("_") ? "other npi" : "npi", words[0]),
                binding,
                binding.isEmpty() ? "" : binding.split("/")[role == Role.CLIENT ? 1 : 0],
                Kind.valueOf(words[1]),
                rest.stream().flatMap(Script::outcome).findFirst().orElse(Outcome.NONE),
                word(rest, "#", ""));
    }

    private static Stream<Outcome> outcome(String word) {
        return Arrays.stream(Outcome.values()).filter(outcome -> outcome.name().equals(word));
    }

    /** The note may have underscores for spaces. */
    private static String word(List<String> words, String mark, String otherwise) {
        return words.stream()
                .filter(word -> word.startsWith(mark))
                .findFirst()
                .map(word -> word.substring(1).replace('_', ' '))
                .orElse(otherwise);
    }
}
