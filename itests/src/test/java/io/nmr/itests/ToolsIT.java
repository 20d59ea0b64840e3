package io.nmr.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.systemPackage;

import io.nmr.api.runtime.BindingSnapshot;
import io.nmr.api.runtime.RegistrarListener;
import io.nmr.api.runtime.RegistrarRuntime;
import io.nmr.api.runtime.SideSnapshot;
import io.nmr.itests.kit.Await;
import io.nmr.itests.kit.Publishing;
import io.nmr.itests.kit.Running;
import io.nmr.itests.kit.TypedClient;
import io.nmr.itests.kit.TypedProvider;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.timer.Timer;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.execution.HealthCheckExecutionResult;
import org.apache.felix.hc.api.execution.HealthCheckExecutor;
import org.apache.felix.hc.api.execution.HealthCheckSelector;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.junit.Before;
import org.junit.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Bundle;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;

/** Shell, JMX, health checks and metrics, while a provider stops with a call in progress: O3. */
public class ToolsIT extends TypedTest {

    private static final String HELD = "io.nmr.itests.kit.TestWords.say";

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private TypedClient client;
    private TypedProvider provider;
    private Bundle providers;
    private RegistrarRuntime runtime;

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

    private <T> T service(Class<T> type) throws InterruptedException {
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

    private void bind() {
        client = client("C");
        provider = provider("P");
        stage.publish("bundle.c", client);
        providers = stage.publish("bundle.p", provider);
    }

    /** A provider's bundle that stops, and waits for a call; the drain is seen. */
    private Drain drain() {
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
    private final class Drain {

        final long binding;
        private final Running<String> call;
        private final Running<Void> stop;

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

    private String typed(String line) {
        return typed(line, new ByteArrayOutputStream());
    }

    private String typed(String line, ByteArrayOutputStream printed) {
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        try (CommandSession session = service(CommandProcessor.class)
                .createSession(new ByteArrayInputStream(new byte[0]), out, out)) {
            session.execute(line);
        } catch (Exception e) {
            throw new AssertionError(line, e);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }

    private static void assertContains(String text, String... parts) {
        Arrays.stream(parts).forEach(part -> assertTrue(part + " in\n" + text, text.contains(part)));
    }

    @Test
    public void shell_showsTheDrain_withItsHolderAndStack_andItsEnd() {
        Drain drain = drain();
        assertContains(typed("nmr:drains"), "bundle.p 1.0.0 [" + providers.getBundleId() + "]", "client", "bundle.c 1.0.0", "completion");
        assertContains(typed("nmr:binding " + drain.binding), "detaching", "owes completion", "calls in progress 1", "Thread \"call\"", HELD);
        assertContains(typed("nmr:bindings --state detaching --bundle bundle.p"), "detaching");
        assertContains(typed("nmr:modules --bundle bundle.p"), "deregistering");
        drain.end();
        assertContains(typed("nmr:drains"), "No drain under way.");
        assertContains(typed("nmr:modules --bundle bundle.c"), "registered         0");
        assertContains(typed("nmr:stats"), "drains");
    }

    @Test
    public void shell_watchEndsWithTheDrain() {
        Drain drain = drain();
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        Running<String> watch = stage.run("watch", () -> typed("nmr:drains -w", printed));
        Await.until("it is drawn", () -> printed.size() > 0);
        drain.end();
        String watched = watch.join();
        assertTrue(watched, watched.startsWith("Drain ") && watched.endsWith("No drain under way." + System.lineSeparator()));
    }

    @Test
    public void shell_swap_startsTheNew_drainsTheOld() {
        bind();
        TypedProvider next = provider("Q");
        Bundle fresh = stage.install("bundle.q", new Publishing(history, "bundle.q", next));
        Running<String> call = heldCall(provider.words, () -> client.say("hello"));
        Running<String> swap = stage.run("swap", () -> typed("nmr:swap bundle.p bundle.q"));
        Await.until("the old one drains", () -> !runtime.drains().isEmpty());
        assertEquals("meanwhile calls go to the new one", "Q:more", client.say("more"));
        provider.words.said.release();
        assertEquals("P:hello", call.join());
        assertContains(swap.join(), "bundle.q 1.0.0", "took over from bundle.p 1.0.0", "bindings 1, calls in progress 1");
        assertEquals(Bundle.ACTIVE, fresh.getState());
        assertEquals(Bundle.RESOLVED, providers.getState());
    }

    @Test
    public void shell_swapToABundleThatProvidesNothing_isUndone() {
        bind();
        Bundle fresh = stage.install("bundle.none", new Publishing(history, "bundle.none"));
        AssertionError failed = thrown(AssertionError.class, () -> typed("nmr:swap --timeout 1 bundle.p bundle.none"));
        assertContains(failed.getCause().getMessage(), "does not provide", "is stopped again", "serves as before");
        assertEquals(Bundle.RESOLVED, fresh.getState());
        assertEquals("P:hello", client.say("hello"));
    }

    @Test
    public void jmx_showsTheDrain_withItsHolderAndStack_andNotifies() throws Exception {
        ObjectName name = new ObjectName("io.nmr:type=Registrar");
        List<String> types = new CopyOnWriteArrayList<>();
        server.addNotificationListener(name, (notification, handback) -> types.add(notification.getType()), null, null);
        Drain drain = drain();
        CompositeData shown = ((CompositeData[]) server.getAttribute(name, "Drains"))[0];
        assertContains(shown.get("what").toString(), "bundle.p 1.0.0");
        CompositeData binding = ((CompositeData[]) shown.get("bindings"))[0];
        assertEquals("COMPLETION", binding.get("clientOwes"));
        assertEquals(1L, binding.get("clientCalls"));
        CompositeData report = (CompositeData)
                server.invoke(name, "binding", new Object[] {drain.binding}, new String[] {"long"});
        CompositeData call = ((CompositeData[]) report.get("calls"))[0];
        assertEquals("call", call.get("threadName"));
        assertContains(String.join("\n", (String[]) call.get("stack")), HELD);
        drain.end();
        assertEquals(0, server.getAttribute(name, "DrainCount"));
        Await.until("notifications", () -> types.containsAll(List.of(
                "io.nmr.module.registered", "io.nmr.binding.attached", "io.nmr.drain.begun", "io.nmr.binding.detached",
                "io.nmr.drain.drained")), types);
    }

    @Test
    public void jmx_isThereWhileTheRegistrarAndItsBundleAre() throws Exception {
        ObjectName name = new ObjectName("io.nmr:type=Registrar");
        assertTrue(server.isRegistered(name));
        registrarBundle().stop();
        assertFalse("no registrar", server.isRegistered(name));
        AssertionError away = thrown(AssertionError.class, () -> typed("nmr:modules"));
        assertContains(away.getCause().getMessage(), "the registrar is not running");
        registrarBundle().start();
        assertTrue("a registrar again", server.isRegistered(name));
        Bundle jmx = Arrays.stream(context.getBundles()).filter(b -> "io.nmr.jmx".equals(b.getSymbolicName())).findFirst().orElseThrow();
        jmx.stop();
        assertFalse("no bean", server.isRegistered(name));
        server.registerMBean(new Timer(), name);
        jmx.start();
        jmx.stop();
        assertTrue("somebody else's stays", server.isInstanceOf(name, Timer.class.getName()));
        server.unregisterMBean(name);
        jmx.start();
        assertTrue("a bean again", server.isRegistered(name));
    }

    private Result check(String tag) throws InterruptedException {
        List<HealthCheckExecutionResult> results =
                service(HealthCheckExecutor.class).execute(HealthCheckSelector.tags("nmr", tag));
        return results.stream()
                .filter(result -> result.getHealthCheckMetadata().getTags().contains(tag))
                .findFirst()
                .orElseThrow()
                .getHealthCheckResult();
    }

    @Test
    public void health_overdueDrainIsCritical_untilItEnds() throws Exception {
        stage.expect("NMR202");
        Await.until("three checks", () -> {
            try {
                return context.getServiceReferences(HealthCheck.class, "(hc.tags=nmr)").size() == 3;
            } catch (InvalidSyntaxException e) {
                throw new AssertionError(e);
            }
        });
        Drain drain = drain();
        awaitHealth("drains", Result.Status.OK);
        assertContains(typed("nmr:abandon " + drain.binding), "overdue");
        drain.stop.join();
        provider.revive(); // the call goes on in a stopped bundle, which is what overdue means
        awaitHealth("drains", Result.Status.CRITICAL);
        assertContains(check("drains").toString(), "bundle.c 1.0.0", "owes its completion");
        drain.end();
        awaitHealth("drains", Result.Status.OK);
        awaitHealth("incidents", Result.Status.OK);
        awaitHealth("unbound", Result.Status.WARN);
    }

    /** The executor keeps results for two seconds. */
    private void awaitHealth(String tag, Result.Status status) {
        Await.until(tag + " is " + status, () -> {
            try {
                return check(tag).getStatus() == status;
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
    }

    private String scrape() throws Exception {
        ServiceReference<?> listener = context
                .getServiceReferences(RegistrarListener.class, "(nmr.metrics.port=*)")
                .iterator()
                .next();
        URI uri = URI.create("http://localhost:" + listener.getProperty("nmr.metrics.port") + "/metrics");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private double drained() {
        try {
            Matcher count = Pattern.compile("nmr_drain_seconds_count\\{outcome=\"drained\"} ([0-9.]+)").matcher(scrape());
            assertTrue(count.find());
            return Double.parseDouble(count.group(1));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    public void metrics_showTheDrain_andThenItsTime() throws Exception {
        double before = drained();
        Drain drain = drain();
        String npi = runtime.bindings().get(0).client().module().npiName();
        assertContains(scrape(),
                "nmr_drains 1.0",
                "nmr_bindings{npi=\"" + npi + "\",state=\"detaching\"} 1.0",
                "nmr_calls_in_progress{caller=\"client\",npi=\"" + npi + "\"} 1.0");
        drain.end();
        assertContains(scrape(), "nmr_drains 0.0");
        Await.until("the drain is in the histogram", () -> drained() == before + 1);
    }
}
