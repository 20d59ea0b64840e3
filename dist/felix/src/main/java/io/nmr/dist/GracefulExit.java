package io.nmr.dist;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.ConsoleHandler;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import org.osgi.annotation.bundle.Header;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;

/**
 * Stops the framework when the JVM is told to exit, so that a SIGTERM, a Ctrl-C and the shell's {@code exit} drain too.
 * The wait is bounded: the detach timeout and what activators take, or at most a minute.
 */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
public final class GracefulExit implements BundleActivator {

    private static final long LONGEST_WAIT_MS = 60_000;
    private static final long LONGEST_WAIT_FOR_LOG_MS = 500;

    private Thread hook;

    @Override
    public void start(BundleContext context) {
        Framework framework = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(Framework.class);
        hook = new Thread(() -> stop(framework), "nmr-graceful-exit");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private static void stop(Framework framework) {
        keepLogging();
        try {
            framework.stop();
            framework.waitForStop(LONGEST_WAIT_MS);
        } catch (BundleException e) {
            System.err.println("The framework could not be stopped: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The JDK's log closes its handlers in a shutdown hook of its own: once it has, there is a new one. */
    private static void keepLogging() {
        Logger root = LogManager.getLogManager().getLogger("");
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LONGEST_WAIT_FOR_LOG_MS);
        while (root.getHandlers().length > 0 && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        if (root.getHandlers().length == 0) {
            root.addHandler(new ConsoleHandler());
        }
    }

    /** Once the JVM exits its hooks cannot be taken back, and need not be. */
    @Override
    public void stop(BundleContext context) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is on its way out: this very hook is stopping the framework.
        }
    }
}
