package io.nmr.testing;

import java.time.Duration;
import java.util.stream.Stream;
import org.ops4j.pax.exam.CoreOptions;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.options.DefaultCompositeOption;

/**
 * Options for Pax Exam.
 *
 * <p>Bundles are taken from the class path of the test, by symbolic name: nothing is resolved from a repository while the
 * test runs, and modules of the same build need not be installed anywhere.
 */
public final class NmrOptions {

    private NmrOptions() {}

    /**
     * The registrar, its API, the typed modules and this bundle.
     *
     * @return the option
     */
    public static Option nmr() {
        return new DefaultCompositeOption(Stream.of("io.nmr.api", "io.nmr.typed", "io.nmr.registrar", "io.nmr.testing")
                .map(NmrOptions::bundle)
                .toArray(Option[]::new));
    }

    /**
     * A bundle of the test's class path.
     *
     * @param symbolicName its symbolic name
     * @return the option
     * @throws IllegalStateException if no jar of the class path is this bundle
     */
    public static Option bundle(String symbolicName) {
        return CoreOptions.bundle(ClassPathBundles.locationOf(symbolicName));
    }

    /**
     * How long a stop waits for calls in progress; say a long time in a test of drains, so that a slow host does not cut
     * one, and a short one in a test of what follows when it has passed.
     *
     * @param timeout zero or longer, in whole milliseconds
     * @return the option
     */
    public static Option detachTimeout(Duration timeout) {
        return CoreOptions.frameworkProperty("nmr.detach.timeout").value(Long.toString(timeout.toMillis()));
    }
}
