package io.nmr.dist;

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

    private Thread hook;

    @Override
    public void start(BundleContext context) {
        Framework framework = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(Framework.class);
        hook = new Thread(() -> stop(framework), "nmr-graceful-exit");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private static void stop(Framework framework) {
        try {
            framework.stop();
            framework.waitForStop(LONGEST_WAIT_MS);
        } catch (BundleException e) {
            System.err.println("The framework could not be stopped: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
