package io.nmr.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.systemPackage;

import io.nmr.api.runtime.BindingSnapshot;
import io.nmr.api.runtime.RegistrarRuntime;
import io.nmr.api.runtime.SideSnapshot;
import io.nmr.itests.kit.Await;
import io.nmr.itests.kit.Running;
import io.nmr.itests.kit.TypedClient;
import io.nmr.itests.kit.TypedProvider;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.junit.Before;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Bundle;
import org.osgi.util.tracker.ServiceTracker;

/** The registrar with all its tools, and a provider that stops with a call in progress. */
public abstract class ToolsTest extends TypedTest {

    /** Where a call is held. */
    protected static final String HELD = "io.nmr.itests.kit.TestWords.say";

    protected TypedClient client;
    protected TypedProvider provider;
    protected Bundle providers;
    protected RegistrarRuntime runtime;

    @Override
    @Configuration
    public Option[] configuration() {
        return new Option[] {
            composite(super.configuration()),
            reactorBundle("gogo.runtime.jar"),
            reactorBundle("osgi.function.jar"),
            reactorBundle("osgi.promise.jar"),
            reactorBundle("osgi.component.jar"),
            reactorBundle("scr.jar"),
            reactorBundle("eventadmin.jar"),
            // of its servlets, which are not used here
            systemPackage("org.osgi.service.servlet.context;version=2.0.0"),
            reactorBundle("healthcheck.api.jar"),
            reactorBundle("healthcheck.core.jar"),
            frameworkProperty("nmr.metrics.port").value("0"),
            frameworkProperty("nmr.health.grace").value("0"),
            reactorBundle("io.nmr.shell.jar"),
            reactorBundle("io.nmr.jmx.jar"),
            reactorBundle("io.nmr.health.jar"),
            reactorBundle("io.nmr.metrics.jar")
        };
    }

    @Before
    public void findRuntime() throws Exception {
        runtime = service(RegistrarRuntime.class);
    }

    protected final <T> T service(Class<T> type) throws InterruptedException {
        ServiceTracker<T, T> tracker = new ServiceTracker<>(context, type, null);
        tracker.open();
        try {
            T service = tracker.waitForService(TimeUnit.SECONDS.toMillis(Await.SECONDS));
            assertNotNull(type.getName(), service);
            return service;
        } finally {
            tracker.close();
        }
    }

    protected final void bind() {
        client = client("C");
        provider = provider("P");
        stage.publish("bundle.c", client);
        providers = stage.publish("bundle.p", provider);
    }

    /** A provider's bundle that stops, and waits for a call; the drain is seen. */
    protected final Drain drain() {
        bind();
        Running<String> call = heldCall(provider.words, () -> client.say("hello"));
        Running<Void> stop = stage.act("stop", providers::stop);
        Await.until("a drain that waits for the client", () -> runtime.drains().stream()
                .flatMap(drain -> drain.bindings().stream())
                .anyMatch(binding -> binding.client().owes() == SideSnapshot.Owes.COMPLETION
                        && binding.provider().owes() == SideSnapshot.Owes.NOTHING));
        return new Drain(runtime.drains().get(0).bindings().get(0), call, stop);
    }

    /** A drain under way. */
    protected final class Drain {

        final long binding;
        private final Running<String> call;
        final Running<Void> stop;

        Drain(BindingSnapshot binding, Running<String> call, Running<Void> stop) {
            this.binding = binding.id();
            this.call = call;
            this.stop = stop;
        }

        void end() {
            provider.words.said.release();
            assertEquals("P:hello", call.join());
            stop.join();
        }
    }

    protected final String typed(String line) {
        return typed(line, new ByteArrayOutputStream());
    }

    protected final String typed(String line, ByteArrayOutputStream printed) {
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        try (CommandSession session = service(CommandProcessor.class)
                .createSession(new ByteArrayInputStream(new byte[0]), out, out)) {
            session.execute(line);
        } catch (Exception e) {
            throw new AssertionError(line, e);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }

    protected static void assertContains(String text, String... parts) {
        Arrays.stream(parts).forEach(part -> assertTrue(part + " in\n" + text, text.contains(part)));
    }
}
