package io.nmr.itests.ways;

import static io.nmr.itests.kit.Moment.ATTACH_END;
import static io.nmr.itests.kit.Moment.DETACH_PENDING;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import io.nmr.itests.kit.Await;
import io.nmr.itests.kit.Journal;
import io.nmr.itests.kit.Moment;
import io.nmr.itests.kit.Running;
import io.nmr.itests.kit.Stage;
import io.nmr.itests.kit.TestClient;
import io.nmr.itests.kit.TestModule;
import io.nmr.itests.kit.TestProvider;
import java.util.ArrayList;
import java.util.List;

/** A client and a provider: one of them goes, the other may. */
final class Scene {

    /** Which of the two goes. */
    enum Side { PROVIDER, CLIENT }

    final Stage stage;
    final Journal journal;
    final TestClient client;
    final TestProvider provider;
    final Way goes;
    final Way other;

    private Running<String> call;
    private Running<Boolean> tell;

    Scene(Stage stage, Side side, Way goes, Way other) {
        this.stage = stage;
        this.journal = stage.journal;
        this.client = stage.client("C");
        this.provider = stage.provider("P");
        this.goes = goes;
        this.other = other;
        switch (side) {
            case PROVIDER -> assign(goes, other);
            case CLIENT -> assign(other, goes);
        }
    }

    private void assign(Way ofTheProvider, Way ofTheClient) {
        assign(ofTheProvider, "bundle.p", provider);
        assign(ofTheClient, "bundle.c", client);
    }

    private void assign(Way way, String bundle, TestModule module) {
        way.isFor(stage, bundle, module);
    }

    void bind() throws Exception {
        goes.publish();
        other.publish();
        awaitBindings(1);
    }

    /** A call in each direction is held; the test has seen it there. */
    void call() {
        call = stage.heldCall(client, provider);
        tell = stage.heldTell(provider, client);
    }

    /** Both sides have been told, and may begin no more. */
    void awaitDetaching() {
        journal.awaitEvent("C", DETACH_PENDING);
        journal.awaitEvent("P", DETACH_PENDING);
        assertNull("T1", client.call("more"));
        assertFalse("T1", provider.bound().tell("more"));
    }

    /** Lets the calls return, one after the other. */
    void release() {
        provider.echoed.release();
        assertEquals("P:hello", call.join());
        client.heard.release();
        assertTrue(tell.join());
    }

    Running<Void> go() {
        return stage.act("go", goes::go);
    }

    /** What that way must come after the drain, and so after all of these events, and then the last ones. */
    void assertEnds(Way way, List<Moment.Of> before, Moment.Of... after) {
        List<Moment.Of> events = new ArrayList<>(before);
        events.addAll(way.end());
        events.addAll(List.of(after));
        journal.assertOrderOfFirst(events.toArray(Moment.Of[]::new));
    }

    /** Bound again, if need be after it was made to come back; {@code bindings} there have been then. */
    void assertComesBack(int bindings) throws Exception {
        if (!goes.comesBackByItself()) {
            assertNull("gone", client.call("gone"));
            goes.comeBack();
        }
        awaitBindings(bindings);
        assertBound();
    }

    private void awaitBindings(int bindings) {
        Await.until("bindings: " + bindings, () -> client.bounds.size() == bindings, journal);
        Await.until("attached", () -> client.bounds.size() <= journal.count("C", ATTACH_END), journal);
    }

    /** One binding of all that there have been, and calls in both directions. */
    void assertBound() {
        Await.until("bound", () -> open() == 1, journal);
        assertEquals("P:x", client.call("x"));
        assertTrue(provider.bounds.get(provider.bounds.size() - 1).tell("x"));
    }

    private long open() {
        return client.bounds.stream().filter(bound -> !bound.closer.gate().isClosed()).count();
    }
}
