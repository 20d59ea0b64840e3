package io.nmr.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.junitBundles;

import io.nmr.api.ClientCharacteristics;
import io.nmr.itests.kit.Await;
import io.nmr.itests.kit.Running;
import io.nmr.sample.npi.LookupNpi;
import java.io.File;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;

/** The sample bundles, as they are shipped, over HTTP. */
public class SampleIT extends RegistrarTest {

    private static final int CONNECTIONS = 8;

    private final HttpClient http = HttpClient.newHttpClient();
    private Bundle client;
    private Bundle first;
    private Bundle second;

    @Override
    @Configuration
    public Option[] configuration() {
        return new Option[] {
            registrar(60_000),
            reactorBundle("io.nmr.typed.jar"),
            reactorBundle("io.nmr.sample.npi.jar"),
            frameworkProperty("nmr.sample.port").value("0"),
            frameworkProperty("nmr.sample.delay").value("750"),
            frameworkProperty("nmr.sample.patience").value("0"),
            junitBundles()
        };
    }

    @Before
    public void install() throws Exception {
        client = install("io.nmr.sample.client.jar");
        first = install("io.nmr.sample.provider.v1.jar");
        second = install("io.nmr.sample.provider.jar");
        client.start();
    }

    private Bundle install(String property) throws Exception {
        return context.installBundle(new File(System.getProperty(property)).toURI().toString());
    }

    @After
    public void uninstall() throws Exception {
        for (Bundle bundle : List.of(first, second, client)) {
            bundle.uninstall();
        }
    }

    private HttpResponse<String> get(String query) throws Exception {
        ServiceReference<?> gateway = context.getServiceReferences(
                ClientCharacteristics.class, "(nmr.sample.gateway.port=*)").iterator().next();
        return get((Integer) gateway.getProperty("nmr.sample.gateway.port"), query);
    }

    private HttpResponse<String> get(int port, String query) throws Exception {
        URI uri = URI.create("http://localhost:" + port + query);
        return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    public void sample_answers() throws Exception {
        first.start();
        HttpResponse<String> answer = get("/lookup?address=192.0.2.1");
        assertEquals(answer.body(), 200, answer.statusCode());
        assertTrue(answer.body(), answer.body().contains("\"prefix\":\"192.0.2.0/24\""));
        assertTrue(answer.body(), answer.body().contains("\"provider\":1"));
    }

    /** Not by the slower proxies: the loader of the NPI's bundle lets guards be generated. */
    @Test
    public void sample_isTrackedByGuards() {
        assertFalse(LookupNpi.NPI.usesProxies());
    }

    @Test
    public void sample_withoutProvider_503WithRetryAfter() throws Exception {
        HttpResponse<String> answer = get("/lookup?address=192.0.2.1");
        assertEquals(503, answer.statusCode());
        assertTrue(answer.headers().firstValue("Retry-After").isPresent());
        first.start();
        assertEquals(200, get("/lookup?address=192.0.2.1").statusCode());
        first.stop();
        assertEquals(503, get("/lookup?address=192.0.2.1").statusCode());
    }

    @Test
    public void sample_nonsense_400() throws Exception {
        second.start();
        for (String nonsense : List.of("/lookup?address=nonsense", "/lookup", "/lookup?address=300.1.1.1")) {
            assertEquals(nonsense, 400, get(nonsense).statusCode());
        }
    }

    @Test
    public void sample_newestProviderIsPreferred_onlyTheSecondServesIpv6() throws Exception {
        first.start();
        assertEquals(503, get("/lookup?address=2001:db8::1").statusCode());
        second.start();
        assertEquals(200, get("/lookup?address=2001:db8::1").statusCode());
        assertTrue(get("/lookup?address=192.0.2.1").body().contains("\"provider\":2"));
        second.stop();
        assertTrue(get("/lookup?address=192.0.2.1").body().contains("\"provider\":1"));
    }

    @Test
    public void O2_swapUnderLoadAndBack_noRequestFails() throws Exception {
        first.start();
        AtomicBoolean enough = new AtomicBoolean();
        AtomicInteger answered = new AtomicInteger();
        List<Running<Void>> load = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            String query = "/lookup?address=192.0.2." + i + (i % 2 == 0 ? "" : "&async=true");
            load.add(stage.run("load " + i, () -> {
                while (!enough.get()) {
                    HttpResponse<String> answer = get(query);
                    assertEquals(answer.body(), 200, answer.statusCode());
                    answered.incrementAndGet();
                }
                return null;
            }));
        }
        for (int round = 0; round < 3; round++) {
            swap(first, second, answered);
            swap(second, first, answered);
        }
        enough.set(true);
        load.forEach(Running::join);
        List<String> drains = stage.log.all("NMR201");
        assertEquals(drains.toString(), 6, drains.size());
        // the newer is preferred, so that it is in use until it stops; but all may be between two requests just then
        assertTrue(drains.toString(), drains.stream()
                .anyMatch(drain -> drain.contains("provider 2.0.0") && !drain.endsWith("calls in progress at its start 0")));
    }

    private static void swap(Bundle from, Bundle to, AtomicInteger answered) throws Exception {
        to.start();
        from.stop();
        int before = answered.get();
        Await.until("answers after the swap", () -> answered.get() >= before + CONNECTIONS);
    }

    @Test
    public void O2_stopOfTheClient_answersWhatIsInProgress() throws Exception {
        first.start();
        int port = (Integer) client.getRegisteredServices()[0].getProperty("nmr.sample.gateway.port");
        List<Running<Integer>> requests = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            requests.add(stage.run("request " + i, () -> get(port, "/lookup?address=192.0.2.1").statusCode()));
        }
        Await.until("all requests in progress", () -> isInProgress(port, CONNECTIONS));
        client.stop();
        requests.forEach(request -> assertEquals(200, (int) request.join()));
        String drained = stage.log.all("NMR201").get(0);
        assertTrue(drained, drained.contains("io.nmr.sample.client") && !drained.endsWith("start 0"));
        client.start();
        assertEquals(200, get("/lookup?address=192.0.2.1").statusCode());
    }

    private boolean isInProgress(int port, int calls) {
        try {
            return get(port, "/status").body().contains("\"inProgress\":" + calls);
        } catch (Exception e) {
            throw new AssertionError("/status did not answer", e);
        }
    }
}
