package ${package}.itests;

import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.CoreOptions.junitBundles;

import io.nmr.testing.NmrOptions;
import io.nmr.testing.TestClient;
import java.time.Duration;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import ${package}.Greeter;
import ${package}.GreeterNpi;

/** The bundles as they are shipped, in a framework. */
@RunWith(PaxExam.class)
public class SwapIT {

    @Inject
    private BundleContext context;

    @Configuration
    public Option[] configuration() {
        return new Option[] {
            NmrOptions.nmr(),
            NmrOptions.detachTimeout(Duration.ofMinutes(1)),
            NmrOptions.bundle("${groupId}.npi"),
            NmrOptions.bundle("${groupId}.provider"),
            NmrOptions.bundle("${groupId}.client"),
            junitBundles()
        };
    }

    private Bundle provider() {
        for (Bundle bundle : context.getBundles()) {
            if (bundle.getSymbolicName().equals("${groupId}.provider")) {
                return bundle;
            }
        }
        throw new AssertionError("the provider's bundle is not installed");
    }

    @Test
    public void client_callsTheProvider_alsoAfterItsRestart() throws Exception {
        try (TestClient<Void, Greeter> client = TestClient.publish(context, GreeterNpi.NPI)) {
            client.awaitProviders(1);
            assertTrue(client.calls().call(greeter -> greeter.greet("you")).startsWith("Hello, you"));
            provider().stop();
            client.awaitProviders(0);
            provider().start();
            client.awaitProviders(1);
            assertTrue(client.calls().call(greeter -> greeter.greet("you")).startsWith("Hello, you"));
        }
    }
}
