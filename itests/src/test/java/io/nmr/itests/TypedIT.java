package io.nmr.itests;

import static io.nmr.itests.kit.Moment.CALL;
import static io.nmr.itests.kit.Moment.CALL_END;
import static io.nmr.itests.kit.Moment.COMPLETES;
import static io.nmr.itests.kit.Moment.HEAR_END;
import static io.nmr.itests.kit.Moment.RETURNED;
import static io.nmr.itests.kit.Moment.STOP;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.nmr.itests.kit.Await;
import io.nmr.itests.kit.Hold;
import io.nmr.itests.kit.Publishing;
import io.nmr.itests.kit.Running;
import io.nmr.itests.kit.Stage;
import io.nmr.itests.kit.TypedClient;
import io.nmr.itests.kit.TypedProvider;
import io.nmr.itests.npi.Words;
import io.nmr.itests.npi.WordsNpi;
import io.nmr.typed.DetachedException;
import io.nmr.typed.NoProviderException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.Test;
import org.osgi.framework.Bundle;

/** Typed modules that activators publish, and do nothing else about: O1, O2, O4, T. */
public class TypedIT extends TypedTest {

    private static final Duration LONG = Duration.ofSeconds(2 * Await.SECONDS);

    private TypedClient client;
    private TypedProvider provider;
    private Bundle clients;
    private Bundle providers;

    private void bind(Duration patience) {
        client = client("C", patience);
        provider = provider("P");
        clients = stage.publish("bundle.c", client);
        providers = stage.publish("bundle.p", provider);
    }

    /** A call whose stage the test completes; the provider has it. */
    private CompletableFuture<String> promised() {
        CompletableFuture<String> promise = new CompletableFuture<>();
        provider.words.later = text -> text.equals("at once") ? CompletableFuture.completedStage(text) : promise;
        return promise;
    }

    /** A side is told before its gate closes. */
    private static boolean isDetached(Words dispatch) {
        try {
            dispatch.later("at once");
            return false;
        } catch (DetachedException e) {
            return true;
        }
    }

    private List<Running<Void>> callers(AtomicBoolean enough, Runnable call) {
        return IntStream.range(0, 4).mapToObj(i -> stage.run("caller " + i, () -> {
            while (!enough.get()) {
                call.run();
            }
            return (Void) null;
        })).toList();
    }

    private void complete(CompletableFuture<String> promise) {
        journal.add("P", COMPLETES);
        promise.complete("P:later");
    }

    @Test
    public void O1_publishingIsAllThereIs_attachCallCallback() {
        bind(Duration.ZERO);
        assertFalse(WordsNpi.NPI.usesProxies());
        assertEquals(1, client.attached().size());
        assertEquals(1, provider.attached().size());
        assertEquals("P:x", client.say("x"));
        assertEquals("P:y", join(client.callAsync(words -> words.later("y"))));
        assertEquals("C:z", provider.tell("z"));
        assertEquals(provider.words.id(), client.attached().get(0).description().moduleId());
    }

    @Test
    public void O2_stopOfProvider_waitsForCallsAndStagesAndCallbacks_activatorStopRunsAfterTheLast() {
        bind(Duration.ZERO);
        Words kept = client.call(words -> words);
        Running<String> call = heldCall(provider.words, () -> client.say("hello"));
        Running<String> tell = heldTell(client.ear, () -> provider.tell("hello"));
        CompletableFuture<String> promise = promised();
        CompletableFuture<String> async = client.callAsync(words -> words.later("x")).toCompletableFuture();
        CompletableFuture<String> stageOnly = client.call(words -> words.later("x")).toCompletableFuture();
        Running<Void> stop = stage.act("stop", providers::stop);
        awaitDetaching(client, provider);
        stop.awaitWaiting();
        Await.until("T1: what was kept of the binding is detached", () -> isDetached(kept));
        thrown(NoProviderException.class, () -> client.say("T1"));
        assertEquals("T1: a callback is not begun", null, provider.tell("T1"));

        provider.words.said.release();
        assertEquals("P:hello", call.join());
        stop.awaitWaiting();
        client.ear.heard.release();
        assertEquals("C:hello", tell.join());
        stop.awaitWaiting();
        stageOnly.cancel(true); // T4: a copy
        stop.awaitWaiting();
        assertEquals(0, journal.count("bundle.p", STOP));
        complete(promise);
        assertEquals("P:later", join(async));
        stop.join();
        journal.assertOrder(CALL_END.of("P"), HEAR_END.of("C"), COMPLETES.of("P"), STOP.of("bundle.p"),
                RETURNED.of("stop"));
        assertEquals("no call ran but these", 1, journal.count("P", CALL));
        assertTrue(stage.log.only("NMR201").contains("calls in progress at its start"));
    }

    @Test
    public void D3_afterTheStop_exceptionsSayWhichBindingAndSinceWhen_andWhoFoundNoProvider() throws Exception {
        bind(Duration.ZERO);
        Words kept = client.call(words -> words);
        providers.stop();
        DetachedException detached = thrown(DetachedException.class, () -> kept.say("x"));
        assertTrue(detached.getMessage(), detached.getMessage().startsWith("Detached since " + detached.since()));
        for (String part : List.of("'words'", client.ear.id().toString(), provider.words.id().toString())) {
            assertTrue(detached.getMessage(), detached.getMessage().contains(part));
        }
        NoProviderException nobody = thrown(NoProviderException.class, () -> client.say("x"));
        for (String part : List.of("No attached provider", "'words'", client.ear.id().toString())) {
            assertTrue(nobody.getMessage(), nobody.getMessage().contains(part));
        }
        assertEquals(0, journal.count("P", CALL));
        CompletionException async = thrown(CompletionException.class,
                () -> join(client.callAsync(words -> words.later("x"))));
        assertTrue(async.toString(), async.getCause() instanceof NoProviderException);
    }

    @Test
    public void O2_stopOfClient_waitsForItsCallsAndCallbacks_activatorStopRunsAfterTheLast() {
        bind(LONG);
        Running<String> call = heldCall(provider.words, () -> client.say("hello"));
        Running<String> tell = heldTell(client.ear, () -> provider.tell("hello"));
        CompletableFuture<String> promise = promised();
        CompletableFuture<String> async = client.callAsync(words -> words.later("x")).toCompletableFuture();
        Running<Void> stop = stage.act("stop", clients::stop);
        awaitDetaching(client, provider);
        stop.awaitWaiting();
        NoProviderException refused = thrown(NoProviderException.class, () -> client.say("T1"));
        assertTrue(refused.getMessage(), refused.getMessage().contains("being deregistered"));
        assertEquals("T1", null, provider.tell("T1"));
        client.ear.heard.release();
        assertEquals("C:hello", tell.join());
        stop.awaitWaiting();
        provider.words.said.release();
        assertEquals("P:hello", call.join());
        stop.awaitWaiting();
        assertEquals(0, journal.count("bundle.c", STOP));
        complete(promise);
        assertEquals("P:later", join(async));
        stop.join();
        journal.assertOrder(HEAR_END.of("C"), CALL_END.of("P"), COMPLETES.of("P"), STOP.of("bundle.c"),
                RETURNED.of("stop"));
        assertEquals(Bundle.ACTIVE, providers.getState());
        assertEquals(List.of(), provider.attached());
    }

    @Test
    public void O2_furtherCallWithinACallInProgress_isAdmitted_whileTheProviderStops() {
        bind(LONG);
        Hold between = stage.hold("the client's code between two calls");
        Running<String> call = stage.run("call", () -> client.call(words -> {
            String first = words.say("1");
            between.pass();
            return first + words.say("2") + client.say("3");
        }));
        between.awaitEntered();
        Running<Void> stop = stage.act("stop", providers::stop);
        awaitDetaching(client, provider);
        stop.awaitWaiting();
        between.release();
        assertEquals("P:1P:2P:3", call.join());
        stop.join();
    }

    @Test
    public void O2_callsWithoutPause_whileTheProviderRestarts_noneRunsInAStoppedProvider() throws Exception {
        bind(Duration.ZERO);
        AtomicBoolean enough = new AtomicBoolean();
        AtomicInteger answered = new AtomicInteger();
        List<Running<Void>> callers = callers(enough, () -> {
            try {
                assertEquals("P:x", client.say("x"));
                answered.incrementAndGet();
            } catch (NoProviderException e) {
                Thread.onSpinWait();
            }
        });
        for (int i = 0; i < 20; i++) {
            int before = answered.get();
            Await.until("an answer", () -> answered.get() > before);
            providers.stop();
            providers.start();
        }
        enough.set(true);
        callers.forEach(Running::join);
        provider.words.checkNotTorn();
    }

    @Test
    public void O4_updateInPlace_patientCallersInFlight_noneFails_nothingIsCut() throws Exception {
        bind(LONG);
        int updates = 10;
        AtomicBoolean enough = new AtomicBoolean();
        AtomicInteger answered = new AtomicInteger();
        List<Running<Void>> callers = callers(enough, () -> {
            String answer = client.say("x");
            String later = join(client.callAsync(words -> words.later("y")));
            assertTrue(answer + later, answer.endsWith(":x") && later.endsWith(":y"));
            answered.incrementAndGet();
        });
        for (int i = 1; i <= updates; i++) {
            TypedProvider next = provider("P" + i);
            Publishing plan = new Publishing(journal, "bundle.p" + i, next);
            providers.update(Stage.jar("bundle.p", "1." + i + ".0", plan));
            int before = answered.get();
            Await.until("answers of the new one", () -> answered.get() > before + 4
                    && journal.count(next.words.toString(), CALL) > 0);
        }
        enough.set(true);
        callers.forEach(Running::join);
        assertEquals("P" + updates + ":x", client.say("x"));
        providers.stop();
        for (int i = 1; i <= updates; i++) {
            assertEquals(journal.count("P" + i, CALL), journal.count("P" + i, CALL_END));
        }
        assertEquals(journal.count("P", CALL), journal.count("P", CALL_END));
    }

    @Test
    public void O2_stopOfClient_callersParkedForAProvider_areReleasedAtOnce() {
        client = client("C", LONG);
        clients = stage.publish("bundle.c", client);
        List<Running<NoProviderException>> parked = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            parked.add(stage.run("parked " + i, () -> thrown(NoProviderException.class, () -> client.say("x"))));
        }
        parked.add(stage.run("parked async", () -> (NoProviderException) thrown(CompletionException.class,
                () -> join(client.callAsync(words -> words.later("x")))).getCause()));
        parked.forEach(caller -> caller.awaitWaiting("io.nmr.typed.AttachedProviders"));
        Running<Void> stop = stage.act("stop", clients::stop);
        for (Running<NoProviderException> caller : parked) {
            String message = caller.join().getMessage();
            assertTrue(message, message.contains("being deregistered"));
        }
        stop.join();
    }

    @Test
    public void O4_clientStartsAgain_waitsAgain_untilAProviderComes() throws Exception {
        client = client("C", LONG);
        clients = stage.publish("bundle.c", client);
        clients.stop();
        clients.start();
        Running<String> call = stage.run("call", () -> client.say("x"));
        call.awaitWaiting("io.nmr.typed.AttachedProviders");
        stage.publish("bundle.p", provider("P"));
        assertEquals("P:x", call.join());
    }

    @Test
    public void O4_registrarRestarts_callsInProgressAreWaitedFor_thenModulesBindAgain() throws Exception {
        bind(LONG);
        Words kept = client.call(words -> words);
        Running<String> call = heldCall(provider.words, () -> client.say("hello"));
        Running<Void> stop = stage.act("stop", registrarBundle()::stop);
        awaitDetaching(client, provider);
        stop.awaitWaiting();
        thrown(NoProviderException.class, () -> client.say("T1"));
        provider.words.said.release();
        assertEquals("P:hello", call.join());
        stop.join();
        journal.assertOrder(CALL_END.of("P"), RETURNED.of("stop"));
        assertEquals(List.of(), client.attached());
        for (int i = 0; i < 3; i++) {
            registrarBundle().start();
            assertEquals("P:x", client.say("x"));
            assertEquals("C:y", provider.tell("y"));
            registrarBundle().stop();
            NoProviderException nobody = thrown(NoProviderException.class, () -> client.say("x"));
            assertTrue(nobody.getMessage(), nobody.getMessage().contains("being deregistered"));
        }
        registrarBundle().start();
        assertEquals("P:x", client.say("x"));
        thrown(DetachedException.class, () -> kept.say("an old binding"));
    }
}
