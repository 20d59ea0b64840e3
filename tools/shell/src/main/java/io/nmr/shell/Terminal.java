package io.nmr.shell;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;

/** What sits at the other end of the shell, as far as a command without an import of the shell can tell. */
interface Terminal {

    /** The JVM's own. A remote session is none, and is written to line by line. */
    Terminal OF_THE_JVM = new Terminal() {

        /** The process's: the stream that a shell gives to a command does not tell what is there to be read. */
        private final FileInputStream keys = new FileInputStream(FileDescriptor.in);

        @Override
        public boolean isThere() {
            return System.console() != null && isTerminal(System.console());
        }

        @Override
        public boolean hasKey() {
            try {
                return keys.available() > 0;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    };

    /** Whether there is one that takes control sequences, and keys. */
    boolean isThere();

    /** Whether something was typed. It is left where it is, for the shell. */
    boolean hasKey();

    /** From Java 22 on a console need not be a terminal, and can tell. */
    private static boolean isTerminal(Object console) {
        try {
            Method isTerminal = java.io.Console.class.getMethod("isTerminal");
            return (boolean) isTerminal.invoke(console);
        } catch (NoSuchMethodException older) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
