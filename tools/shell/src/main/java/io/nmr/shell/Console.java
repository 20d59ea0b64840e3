package io.nmr.shell;

import io.nmr.api.runtime.RegistrarRuntime;
import java.io.PrintStream;
import java.util.function.Supplier;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;

/** What a command works with. */
record Console(Supplier<RegistrarRuntime> registrar, BundleContext bundles, Terminal terminal) {

    /**
     * The running registrar.
     *
     * @throws IllegalStateException if there is none
     */
    RegistrarRuntime runtime() {
        RegistrarRuntime runtime = registrar.get();
        if (runtime == null) {
            throw new IllegalStateException("the registrar is not running: there is no service "
                    + RegistrarRuntime.class.getName() + "; is the bundle io.nmr.registrar active?");
        }
        return runtime;
    }

    /** Whether somebody else has published a command. */
    boolean hasCommand(String scope, String function) {
        try {
            return bundles.getServiceReferences((String) null,
                    "(&(osgi.command.scope=" + scope + ")(osgi.command.function=" + function + "))") != null;
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException("no names of a command: " + scope + ":" + function, e);
        }
    }

    /** The session's: the shell redirects this for the thread of a command. */
    PrintStream out() {
        return System.out;
    }
}
