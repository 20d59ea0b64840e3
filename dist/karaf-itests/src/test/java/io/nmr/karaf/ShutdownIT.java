package io.nmr.karaf;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.Test;

/** The shutdown of a whole Karaf, by the script that an operator uses. */
public class ShutdownIT {

    private static List<FutureTask<String>> inProgress(Gateway gateway) {
        List<FutureTask<String>> requests = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            FutureTask<String> request = new FutureTask<>(gateway::lookup);
            requests.add(request);
            Thread thread = new Thread(request, "request-" + i);
            thread.setDaemon(true);
            thread.start();
        }
        Await.until("four calls in progress", () -> gateway.hasInProgress(4));
        return requests;
    }

    @Test
    public void shutdown_withCallsInProgress_answersThem() throws Exception {
        try (KarafProcess karaf = new KarafProcess("nmr.sample.port = 0", "nmr.sample.delay = 3000")) {
            List<FutureTask<String>> requests = inProgress(karaf.gateway());
            karaf.stop();
            for (FutureTask<String> request : requests) {
                assertTrue(request.get(Await.SECONDS, TimeUnit.SECONDS).contains("192.0.2.0/24"));
            }
            assertEquals(0, karaf.awaitEnd());
            String drained = karaf.log().all("NMR201").toString();
            assertTrue(drained, drained.contains("Drained the framework"));
            assertEquals(List.of(), karaf.log().all("NMR202"));
        }
    }

    /** A call that takes longer than the detach timeout holds a shutdown for that long, and no longer. */
    @Test
    public void O3_shutdown_withACallThatOutlastsIt_goesOnAfterTheDetachTimeout() throws Exception {
        try (KarafProcess karaf = new KarafProcess(
                "nmr.sample.port = 0", "nmr.sample.delay = 60000", "nmr.detach.timeout = 1000")) {
            List<FutureTask<String>> requests = inProgress(karaf.gateway());
            karaf.stop();
            karaf.awaitEnd();
            requests.forEach(request -> assertThrows(ExecutionException.class, request::get));
            String overdue = karaf.log().all("NMR202").toString();
            assertTrue(overdue, overdue.contains("calls in progress 4"));
        }
    }
}
