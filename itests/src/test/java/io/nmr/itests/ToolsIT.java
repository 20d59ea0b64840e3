package io.nmr.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.nmr.api.runtime.RegistrarListener;
import io.nmr.itests.kit.Await;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
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
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** JMX, health checks and metrics, while a provider stops with a call in progress: O3. */
public class ToolsIT extends ToolsTest {

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

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
