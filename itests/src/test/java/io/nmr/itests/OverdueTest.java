package io.nmr.itests;

import static org.ops4j.pax.exam.CoreOptions.junitBundles;

import io.nmr.itests.kit.Running;
import java.util.concurrent.TimeUnit;
import org.junit.Before;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Bundle;

/** What becomes of a drain whose time has passed (O3): each drain here has half a second. */
public abstract class OverdueTest extends BoundTest {

    protected static final long TIMEOUT_MS = 500;

    /** Far above the timeout, and far below a wait that nothing bounds; that one deadline serves is seen in the log. */
    protected static final long BOUNDED_MS = 40_000;

    @Override
    @Configuration
    public Option[] configuration() {
        return new Option[] {registrar(TIMEOUT_MS), junitBundles()};
    }

    @Before
    public void expectOverdue() {
        stage.expect("NMR202");
    }

    protected static long millis(Running<?> running, long since) {
        running.join();
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since);
    }

    /** How long it took, in milliseconds. */
    protected final long stop(Bundle bundle) {
        long begin = System.nanoTime();
        return millis(stage.act("stop " + bundle.getSymbolicName(), bundle::stop), begin);
    }
}
