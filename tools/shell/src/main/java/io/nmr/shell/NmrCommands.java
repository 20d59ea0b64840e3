package io.nmr.shell;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The commands as Gogo calls them: a function of this class each, with whatever words were typed. */
public final class NmrCommands {

    static final String SCOPE = "nmr";

    private static final Map<String, Supplier<NmrCommand>> COMMANDS = new TreeMap<>(Map.of(
            "abandon", AbandonCommand::new,
            "binding", BindingCommand::new,
            "bindings", BindingsCommand::new,
            "drains", DrainsCommand::new,
            "modules", ModulesCommand::new,
            "npis", NpisCommand::new,
            "stats", StatsCommand::new,
            "swap", SwapCommand::new));

    private final Console console;

    NmrCommands(Console console) {
        this.console = console;
    }

    static String[] functions() {
        return Arrays.stream(NmrCommands.class.getDeclaredMethods())
                .filter(method -> java.lang.reflect.Modifier.isPublic(method.getModifiers()))
                .map(java.lang.reflect.Method::getName)
                .sorted()
                .toArray(String[]::new);
    }

    /** Gives a binding up, or forgets it. */
    public void abandon(Object... words) {
        run("abandon", words);
    }

    /** Shows one binding. */
    public void binding(Object... words) {
        run("binding", words);
    }

    /** Lists bindings. */
    public void bindings(Object... words) {
        run("bindings", words);
    }

    /** Lists drains. */
    public void drains(Object... words) {
        run("drains", words);
    }

    /** Lists modules. */
    public void modules(Object... words) {
        run("modules", words);
    }

    /** Lists NPIs. */
    public void npis(Object... words) {
        run("npis", words);
    }

    /** Shows counters. */
    public void stats(Object... words) {
        run("stats", words);
    }

    /** Puts a provider in another's place. */
    public void swap(Object... words) {
        run("swap", words);
    }

    /** Lists the commands, or shows the help of one. */
    public void help(Object... words) {
        if (words.length == 0) {
            console.out().print(overview() + others());
            return;
        }
        String name = String.valueOf(words[0]);
        run(name.startsWith(SCOPE + ":") ? name.substring(SCOPE.length() + 1) : name, "--help");
    }

    private void run(String name, Object... words) {
        if (!COMMANDS.containsKey(name)) {
            throw new IllegalArgumentException("no command nmr:" + name + "; there are: " + COMMANDS.keySet());
        }
        new Invocation(COMMANDS.get(name).get()).run(console, words);
    }

    /** Where this command was found as plain {@code help}, the shell's own was meant. */
    private String others() {
        return console.hasCommand("felix", "help") ? String.format("Those of the shell: felix:help%n") : "";
    }

    private static String overview() {
        String commands = COMMANDS.values().stream()
                .map(command -> new Invocation(command.get()).summary())
                .collect(Collectors.joining());
        return String.format("The registrar's commands; each takes --help and --json:%n%s", commands);
    }
}
