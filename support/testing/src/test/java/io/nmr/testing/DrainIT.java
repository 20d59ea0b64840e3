package io.nmr.testing;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.ops4j.pax.exam.CoreOptions.junitBundles;

import io.nmr.api.ModuleId;
import io.nmr.api.NpiId;
import io.nmr.api.ProviderCharacteristics;
import io.nmr.typed.Npi;
import io.nmr.typed.NpiProvider;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** As its users have it: the options make a container with a registrar, the client shows a drain. */
@RunWith(PaxExam.class)
public class DrainIT {

    private static final Npi<Void, Greeter> NPI =
            Npi.of(NpiId.of("4e3cf0a8-2b0d-4f43-9f7e-7d3a6f6f9b10"), "greeter", Greeter.class);
    private static final ModuleId MODULE = ModuleId.of("0a4d0a94-6c3f-4c5d-8f8d-1f7c5f9f9b11");

    @Inject
    private BundleContext context;

    @Configuration
    public Option[] configuration() {
        return new Option[] {NmrOptions.nmr(), NmrOptions.detachTimeout(Duration.ofMinutes(1)), junitBundles()};
    }

    private ServiceRegistration<ProviderCharacteristics> publish(Greeter greeter) {
        return context.registerService(ProviderCharacteristics.class, NpiProvider.of(NPI, MODULE, greeter), null);
    }

    @Test
    public void client_callsTheProvider() throws Exception {
        ServiceRegistration<?> provider = publish(name -> "Hello, " + name);
        try (TestClient<Void, Greeter> client = TestClient.publish(context, NPI).awaitProviders(1)) {
            assertEquals("Hello, you", client.calls().call(greeter -> greeter.greet("you")));
        } finally {
            provider.unregister();
        }
    }

    @Test
    public void client_withACallInProgress_seesTheProviderDrain() throws Exception {
        CountDownLatch mayAnswer = new CountDownLatch(1);
        ServiceRegistration<?> provider = publish(name -> {
            mayAnswer.await();
            return "At last, " + name;
        });
        try (TestClient<Void, Greeter> client = TestClient.publish(context, NPI).awaitProviders(1)) {
            CompletableFuture<String> call = client.inBackground(greeter -> greeter.greet("you"));
            client.awaitCallsInProgress(1);
            CompletableFuture<Void> stop = CompletableFuture.runAsync(provider::unregister);
            client.awaitProviders(0);
            assertFalse("the provider waits for the call", stop.isDone());
            mayAnswer.countDown();
            stop.get(30, TimeUnit.SECONDS);
            assertEquals("At last, you", call.get(30, TimeUnit.SECONDS));
        }
    }
}
