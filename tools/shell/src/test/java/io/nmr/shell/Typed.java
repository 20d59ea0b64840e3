package io.nmr.shell;

import io.nmr.api.runtime.RegistrarRuntime;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.osgi.framework.BundleContext;

/** What a command printed, typed into a shell. */
final class Typed {

    private Typed() {}

    static String into(RegistrarRuntime runtime, Consumer<NmrCommands> command) {
        return into(runtime, new FakeFramework().context(), NoTerminal.INSTANCE, command);
    }

    static String into(RegistrarRuntime runtime, BundleContext context, Terminal terminal, Consumer<NmrCommands> command) {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            command.accept(new NmrCommands(new Console(() -> runtime, context, terminal)));
        } finally {
            System.setOut(before);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }

    /** Output that goes to a file or to another program. */
    enum NoTerminal implements Terminal {
        INSTANCE;

        @Override
        public boolean isThere() {
            return false;
        }

        @Override
        public boolean hasKey() {
            return true;
        }
    }
}
