package io.nmr.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.CoreOptions.junitBundles;

import io.nmr.api.CallChain;
import io.nmr.api.CallGate;
import io.nmr.api.runtime.BindingReport;
import io.nmr.api.runtime.BindingSnapshot;
import io.nmr.api.runtime.BindingState;
import io.nmr.api.runtime.Counters;
import io.nmr.api.runtime.DrainSnapshot;
import io.nmr.api.runtime.ModuleSnapshot;
import io.nmr.api.runtime.ModuleState;
import io.nmr.api.runtime.RegistrarEvent;
import io.nmr.api.runtime.RegistrarEvent.OfBinding;
import io.nmr.api.runtime.RegistrarEvent.OfDrain;
import io.nmr.api.runtime.RegistrarEvent.OfModule;
import io.nmr.api.runtime.RegistrarListener;
import io.nmr.api.runtime.RegistrarRuntime;
import io.nmr.itests.kit.Await;
import io.nmr.itests.kit.Hold;
import io.nmr.itests.kit.Running;
import io.nmr.itests.kit.TestClient;
import io.nmr.itests.kit.TestProvider;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.junit.After;
import org.junit.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventConstants;
import org.osgi.service.event.EventHandler;

/** The registrar as tools see it: its runtime service, its listeners, and what it posts to Event Admin. */
public class RuntimeIT extends RegistrarTest {

    private final Queue<RegistrarEvent> told = new ConcurrentLinkedQueue<>();
    private final Queue<Event> posted = new ConcurrentLinkedQueue<>();
    private ServiceRegistration<?> listening;

    @Override
    @Configuration
    public Option[] configuration() {
        return new Option[] {registrar(60_000), reactorBundle("eventadmin.jar"), junitBundles()};
    }

    @After
    public void stopListening() {
        if (listening != null) {
            listening.unregister();
        }
    }

    private RegistrarRuntime runtime() {
        return context.getService(context.getServiceReference(RegistrarRuntime.class));
    }

    private void listen(RegistrarListener listener) {
        listening = context.registerService(RegistrarListener.class, listener, null);
    }

    private void awaitTold(Enum<?> kind) {
        Await.until("told of " + kind, () -> told.stream().anyMatch(event -> event.kind() == kind), journal);
    }

    private List<Object> kinds() {
        return told.stream().map(event -> (Object) event.kind()).collect(Collectors.toList());
    }

    private static Map<String, ModuleState> states(RegistrarRuntime runtime) {
        return runtime.modules().stream().collect(Collectors.toMap(
                module -> module.module().bundle().symbolicName(), ModuleSnapshot::state));
    }

    @Test
    public void whatThereIs() {
        TestClient client = stage.client("C");
        TestProvider provider = stage.provider("P");
        Bundle clients = stage.publish("bundle.c", client);
        Bundle providers = stage.publish("bundle.p", provider);

        RegistrarRuntime runtime = runtime();
        assertEquals(
                Map.of("bundle.c", ModuleState.REGISTERED, "bundle.p", ModuleState.REGISTERED), states(runtime));
        BindingSnapshot binding = runtime.bindings().get(0);
        assertEquals(1, runtime.bindings().size());
        assertEquals(BindingState.ATTACHED, binding.state());
        assertEquals(clients.getBundleId(), binding.client().module().bundle().id());
        assertEquals(providers.getBundleId(), binding.provider().module().bundle().id());
        assertEquals(0, binding.owing().count());
        assertFalse(runtime.binding(-1).isPresent());
    }

    @Test
    public void threadsInsideTrackedCalls_withTheirStacks() {
        TestClient client = stage.client("C");
        stage.publish("bundle.c", client);
        stage.publish("bundle.p", stage.provider("P"));
        RegistrarRuntime runtime = runtime();
        long id = runtime.bindings().get(0).id();
        CallGate gate = client.bound().closer.gate();
        assertTrue(CallChain.enter(gate));
        try {
            BindingReport report = runtime.binding(id).orElseThrow();
            assertEquals(1, report.binding().client().callsInProgress().orElseThrow());
            assertEquals(1, report.calls().size());
            assertEquals(Thread.currentThread().getName(), report.calls().get(0).threadName());
            assertTrue(report.calls().get(0).stack().stream().anyMatch(frame -> frame.contains("RuntimeIT")));
        } finally {
            CallChain.exit(gate);
        }
        assertTrue(runtime.binding(id).orElseThrow().calls().isEmpty());
    }

    @Test
    public void aListenerIsToldAWholeLife_inTheOrderOfItsNumbers() throws BundleException {
        listen(told::add);
        Counters before = runtime().counters();
        stage.publish("bundle.c", stage.client("C"));
        Bundle providers = stage.publish("bundle.p", stage.provider("P"));
        providers.stop();

        awaitTold(OfDrain.Kind.DRAINED);
        assertEquals(
                List.of(
                        OfModule.Kind.REGISTERED,
                        OfModule.Kind.REGISTERED,
                        OfBinding.Kind.OFFERED,
                        OfBinding.Kind.ATTACHED,
                        OfDrain.Kind.BEGUN,
                        OfModule.Kind.DEREGISTERING,
                        OfBinding.Kind.DETACHING,
                        OfBinding.Kind.DETACHED,
                        OfModule.Kind.DEREGISTERED,
                        OfDrain.Kind.DRAINED),
                kinds());
        long expected = told.peek().sequence();
        for (RegistrarEvent event : told) {
            assertEquals(expected++, event.sequence());
        }
        Counters after = runtime().counters();
        assertEquals(1, after.attached() - before.attached());
        assertEquals(1, after.detached() - before.detached());
        assertEquals(after.offered(), after.attached() + after.refused());
    }

    @Test
    public void aListenerThatBlocks_holdsUpNeitherStopNorOtherListeners() throws BundleException {
        Hold blocking = stage.hold("a listener");
        ServiceRegistration<?> blocked =
                context.registerService(RegistrarListener.class, event -> blocking.pass(), null);
        listen(told::add);
        stage.publish("bundle.p", stage.provider("P")).stop();
        awaitTold(OfModule.Kind.DEREGISTERED);
        blocking.awaitEntered();
        blocked.unregister();
        blocking.release();
    }

    @Test
    public void aDrainUnderWay_andHowLongItTook() {
        TestClient client = stage.client("C");
        TestProvider provider = stage.provider("P");
        stage.publish("bundle.c", client);
        Bundle providers = stage.publish("bundle.p", provider);
        Running<String> call = stage.heldCall(client, provider);
        long ended = runtime().drainTimes().count();
        Running<Void> stop = stage.act("stop", providers::stop);
        Await.until("a drain that waits", () -> runtime().drains().stream()
                .anyMatch(drain -> drain.bindings().stream().anyMatch(binding -> binding.owing().count() == 1)), journal);

        DrainSnapshot drain = runtime().drains().get(0);
        assertTrue(drain.what(), drain.what().startsWith("bundle.p "));
        assertEquals(1, drain.modules());
        assertTrue(drain.remaining() + "", drain.remaining().toSeconds() > 0);
        assertEquals(BindingState.DETACHING, drain.bindings().get(0).state());
        assertEquals(ModuleState.DEREGISTERING, states(runtime()).get("bundle.p"));
        provider.echoed.release();
        call.join();
        stop.join();
        assertEquals(Collections.emptyList(), runtime().drains());
        assertEquals(ended + 1, runtime().drainTimes().count());
        assertTrue(runtime().drainTimes().longest().compareTo(drain.age()) >= 0);
    }

    /** The stop need not wait for the timeout where an operator knows better; what never completes can be forgotten. */
    @Test
    public void O3_abandonEndsTheWait_andDropForgets() {
        stage.expect("NMR202");
        TestClient client = new TestClient(journal, "C");
        TestProvider provider = new TestProvider(journal, "P");
        Bundle clients = stage.publish("bundle.c", client);
        Bundle providers = stage.publish("bundle.p", provider);
        CallGate gate = client.bound().closer.gate();
        int lost = gate.enter();
        long id = runtime().bindings().get(0).id();
        assertFalse(runtime().abandon(id));
        assertFalse(runtime().drop(id));

        Running<Void> stop = stage.act("stop", providers::stop);
        Await.until("the binding detaches", () -> runtime().abandon(id), journal);
        stop.join();
        assertEquals(ModuleState.ABANDONED, states(runtime()).get("bundle.p"));
        assertTrue(runtime().bindings().get(0).overdue());

        assertTrue(runtime().drop(id));
        assertEquals(List.of(), runtime().bindings());
        assertEquals(Map.of("bundle.c", ModuleState.REGISTERED), states(runtime()));
        assertEquals(1, runtime().counters().dropped());
        for (String record : List.of("NMR206", "NMR207")) {
            assertTrue(stage.log.only(record).contains("binding " + id + " between client"));
        }
        gate.exit(lost);
        assertEquals(Bundle.ACTIVE, clients.getState());
    }

    @Test
    public void eventsArePosted_withTheRecordsComponents() throws BundleException {
        Dictionary<String, Object> topics = new Hashtable<>();
        topics.put(EventConstants.EVENT_TOPIC, "io/nmr/*");
        listening = context.registerService(EventHandler.class, posted::add, topics);
        stage.publish("bundle.c", stage.client("C"));
        Bundle providers = stage.publish("bundle.p", stage.provider("P"));
        providers.stop();
        Await.until("the end of the drain is posted", () -> posted("io/nmr/drain/DRAINED") != null, journal);

        Event attached = posted("io/nmr/binding/ATTACHED");
        assertEquals("bundle.c", attached.getProperty("client.bundle.symbolicName"));
        assertEquals(providers.getBundleId(), attached.getProperty("provider.bundle.id"));
        assertEquals(0L, attached.getProperty("leavingFor"));
        Event gone = posted.stream()
                .filter(event -> event.getTopic().equals("io/nmr/module/DEREGISTERED"))
                .findFirst()
                .orElseThrow();
        assertEquals(providers.getBundleId(), gone.getProperty(EventConstants.BUNDLE_ID));
        assertEquals("bundle.p", gone.getProperty(EventConstants.BUNDLE_SYMBOLICNAME));
        assertEquals(providers.getVersion(), gone.getProperty(EventConstants.BUNDLE_VERSION));
        assertTrue(gone.getProperty(EventConstants.TIMESTAMP) instanceof Long);
        assertEquals("PROVIDER", gone.getProperty("role"));
        assertEquals(1, posted("io/nmr/drain/DRAINED").getProperty("modules"));
    }

    private Event posted(String topic) {
        return posted.stream().filter(event -> event.getTopic().equals(topic)).findFirst().orElse(null);
    }

    @Test
    public void noThreadIsLeft_whenTheRegistrarHasStopped() throws BundleException {
        listen(told::add);
        stage.publish("bundle.p", stage.provider("P"));
        awaitTold(OfModule.Kind.REGISTERED);
        Bundle registrar = stage.registrar();
        registrar.stop();
        try {
            assertTrue(kinds().contains(OfDrain.Kind.DRAINED));
            Await.until("all threads have ended", () -> Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().startsWith("nmr-")), journal);
        } finally {
            registrar.start();
        }
    }
}
