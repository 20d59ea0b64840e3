package io.nmr.itests.traps;

import static io.nmr.itests.kit.Moment.COMPLETES;
import static io.nmr.itests.kit.Moment.STOP;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.nmr.itests.TypedTest;
import io.nmr.itests.kit.Running;
import io.nmr.itests.kit.TypedClient;
import io.nmr.itests.kit.TypedProvider;
import java.util.concurrent.CompletableFuture;
import org.junit.Test;
import org.osgi.framework.Bundle;

/** The trap of calls that return long before they are complete. */
public class AsyncTrapsIT extends TypedTest {

    @Test
    public void Trap21_asyncCall_isInProgressUntilItsCompletion_notUntilItReturns() {
        TypedClient client = client("C");
        TypedProvider provider = provider("P");
        CompletableFuture<String> promise = new CompletableFuture<>();
        provider.words.later = text -> promise;
        stage.publish("bundle.c", client);
        Bundle providers = stage.publish("bundle.p", provider);
        CompletableFuture<String> given = client.call(words -> words.later("x")).toCompletableFuture();
        CompletableFuture<String> cancelled = client.call(words -> words.later("y")).toCompletableFuture();
        assertTrue(cancelled.cancel(true));
        Running<Void> stop = stage.act("stop", providers::stop);
        stop.awaitWaiting();
        assertEquals("the provider still works", 0, journal.count("bundle.p", STOP));
        journal.add("P", COMPLETES);
        promise.complete("P:later");
        stop.join();
        assertEquals("P:later", join(given));
        journal.assertOrder(COMPLETES.of("P"), STOP.of("bundle.p"));
    }
}
