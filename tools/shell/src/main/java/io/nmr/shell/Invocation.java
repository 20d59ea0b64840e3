package io.nmr.shell;

import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;

/** One call of a command, from its words to its end. */
final class Invocation {

    private final NmrCommand command;
    private final CommandLine line;

    Invocation(NmrCommand command) {
        this.command = command;
        line = new CommandLine(command)
                .setExpandAtFiles(false)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(Table.WIDTH);
        line.getCommandSpec().usageMessage().parameterListHeading("%n");
    }

    /**
     * Runs the command, or prints its help.
     *
     * @param words what was typed behind its name: strings, or what the shell made of them
     */
    void run(Console console, Object... words) {
        parse(words);
        if (line.isUsageHelpRequested()) {
            line.usage(console.out(), Ansi.OFF);
        } else {
            command.run(console);
        }
    }

    private void parse(Object... words) {
        try {
            line.parseArgs(Arrays.stream(words).map(String::valueOf).toArray(String[]::new));
        } catch (ParameterException e) {
            // without its cause: a shell keeps the last exception of a session
            throw new IllegalArgumentException(e.getMessage() + System.lineSeparator() + usage().stripTrailing());
        }
    }

    private String usage() {
        CommandLine.Help help = new CommandLine.Help(line.getCommandSpec(), Ansi.OFF);
        return "usage: " + help.synopsis("usage: ".length());
    }

    /** Its name, and what it does in a line. */
    String summary() {
        return String.format("  %-14s %s%n", line.getCommandName(), line.getCommandSpec().usageMessage().description()[0]);
    }
}
