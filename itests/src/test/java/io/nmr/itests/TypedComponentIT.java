package io.nmr.itests;

import static io.nmr.itests.kit.Moment.ACTIVATE;
import static io.nmr.itests.kit.Moment.CALL_END;
import static io.nmr.itests.kit.Moment.COMPLETES;
import static io.nmr.itests.kit.Moment.DEACTIVATE;
import static io.nmr.itests.kit.Moment.HEAR_END;
import static io.nmr.itests.kit.Moment.RETURNED;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotSame;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.CoreOptions.composite;

import io.nmr.api.ClientCharacteristics;
import io.nmr.api.ProviderCharacteristics;
import io.nmr.itests.component.ClientComponent;
import io.nmr.itests.component.ProviderComponent;
import io.nmr.itests.kit.Await;
import io.nmr.itests.kit.BundleJar;
import io.nmr.itests.kit.Components;
import io.nmr.itests.kit.Running;
import io.nmr.typed.NoProviderException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/** Typed modules as components of Declarative Services: O1, O2. */
public class TypedComponentIT extends TypedTest {

    private Bundle providers;
    private Bundle clients;

    @Override
    @Configuration
    public Option[] configuration() {
        return new Option[] {
            composite(super.configuration()),
            reactorBundle("osgi.function.jar"),
            reactorBundle("osgi.promise.jar"),
            reactorBundle("osgi.component.jar"),
            reactorBundle("scr.jar")
        };
    }

    @Before
    public void setComponents() {
        Components.reset(journal);
    }

    @After
    public void checkComponents() {
        Components.words.checkNotTorn();
        Components.ear.checkNotTorn();
    }

    private Bundle component(String name, Class<?> implementation, Class<?> service) {
        String path = "OSGI-INF/" + name + ".xml";
        String description = """
                <?xml version="1.0" encoding="UTF-8"?>
                <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.3.0" name="%s"
                    activate="activate" deactivate="deactivate">
                  <implementation class="%s"/>
                  <service><provide interface="%s"/></service>
                </scr:component>
                """.formatted(name, implementation.getName(), service.getName());
        return stage.start(stage.install(name, null, new BundleJar(name, "1.0.0")
                .header("Import-Package", "io.nmr.api, io.nmr.typed, io.nmr.itests.kit, io.nmr.itests.npi")
                .header("Service-Component", path)
                .add(implementation)
                .add(path, description)
                .build()));
    }

    private void bind() {
        clients = component("client", ClientComponent.class, ClientCharacteristics.class);
        providers = component("provider", ProviderComponent.class, ProviderCharacteristics.class);
        journal.awaitEvent("client", ACTIVATE);
        journal.awaitEvent("provider", ACTIVATE);
        Await.until("attached", () -> Components.client.attached().size() == 1);
    }

    private static String say(String text) {
        return Components.client.call(words -> words.say(text));
    }

    private static String tell(String text) {
        StringBuilder answers = new StringBuilder();
        Components.provider.forEachClient(listener -> answers.append(listener.heard(text)));
        return answers.toString();
    }

    private Running<Void> disable(Bundle bundle) {
        return stage.act("disable", () -> component(bundle, (runtime, component) ->
                runtime.disableComponent(component).getValue()));
    }

    private void enable(Bundle bundle) throws Exception {
        component(bundle, (runtime, component) -> runtime.enableComponent(component).getValue());
    }

    private interface Step {
        void run(ServiceComponentRuntime runtime, ComponentDescriptionDTO component) throws Exception;
    }

    private void component(Bundle bundle, Step step) throws Exception {
        ServiceReference<ServiceComponentRuntime> reference =
                context.getServiceReference(ServiceComponentRuntime.class);
        ServiceComponentRuntime runtime = context.getService(reference);
        try {
            step.run(runtime, runtime.getComponentDescriptionDTO(bundle, bundle.getSymbolicName()));
        } finally {
            context.ungetService(reference);
        }
    }

    /** On whichever thread Declarative Services drains. */
    private static void awaitDrain() {
        Running.awaitWaiting(1);
    }

    /** Calls of every kind are in progress; {@code end} is to wait for all of them, then {@code component} goes. */
    private void assertDrains(String component, Supplier<Running<Void>> end) {
        CompletableFuture<String> promise = new CompletableFuture<>();
        Components.words.later = text -> promise;
        Running<String> call = heldCall(Components.words, () -> say("hello"));
        Running<String> callback = heldTell(Components.ear, () -> tell("hello"));
        CompletableFuture<String> async =
                Components.client.callAsync(words -> words.later("x")).toCompletableFuture();
        Running<Void> ending = end.get();
        awaitDetaching(Components.client, Components.provider);
        awaitDrain();
        thrown(NoProviderException.class, () -> say("T1"));
        assertEquals("", tell("T1"));
        Components.words.said.release();
        assertEquals("P:hello", call.join());
        awaitDrain();
        Components.ear.heard.release();
        assertEquals("C:hello", callback.join());
        awaitDrain();
        assertEquals(journal.toString(), 0, journal.count(component, DEACTIVATE));
        journal.add("P", COMPLETES);
        promise.complete("P:later");
        assertEquals("P:later", join(async));
        ending.join();
        journal.assertOrder(CALL_END.of("P"), HEAR_END.of("C"), COMPLETES.of("P"), DEACTIVATE.of(component));
    }

    @Test
    public void O1_componentsAreAttached_callCallback() {
        bind();
        assertEquals("P:x", say("x"));
        assertEquals("C:y", tell("y"));
        assertEquals("P:z", join(Components.client.callAsync(words -> words.later("z"))));
        journal.only("provider", ACTIVATE);
        journal.only("client", ACTIVATE);
    }

    @Test
    public void O2_stopOfTheProvidersBundle_deactivatesAfterTheDrain() throws Exception {
        bind();
        assertDrains("provider", () -> stage.act("stop", providers::stop));
        journal.assertOrder(DEACTIVATE.of("provider"), RETURNED.of("stop"));
        assertEquals("the client stays", 0, journal.count("client", DEACTIVATE));
        restart(providers);
    }

    @Test
    public void O2_stopOfTheClientsBundle_deactivatesAfterTheDrain() throws Exception {
        bind();
        assertDrains("client", () -> stage.act("stop", clients::stop));
        journal.assertOrder(DEACTIVATE.of("client"), RETURNED.of("stop"));
        assertEquals(List.of(), Components.provider.attached());
        restart(clients);
    }

    private void restart(Bundle bundle) throws Exception {
        Object before = bundle == providers ? Components.provider : Components.client;
        bundle.start();
        awaitAnother(before, bundle);
    }

    private void awaitAnother(Object before, Bundle bundle) {
        Await.until("attached again", () -> Components.client.attached().size() == 1
                && before != (bundle == providers ? Components.provider : Components.client));
        assertNotSame(before, bundle == providers ? Components.provider : Components.client);
        assertEquals("P:again", say("again"));
        assertEquals("C:again", tell("again"));
    }

    @Test
    public void O1_disablingTheProvidersComponent_deactivatesAfterTheDrain() throws Exception {
        bind();
        Object before = Components.provider;
        assertDrains("provider", () -> disable(providers));
        assertTrue(journal.toString(), journal.time("provider", DEACTIVATE) < journal.time("disable", RETURNED));
        assertEquals(Bundle.ACTIVE, providers.getState());
        enable(providers);
        awaitAnother(before, providers);
    }

    @Test
    public void O1_disablingTheClientsComponent_deactivatesAfterTheDrain() throws Exception {
        bind();
        Object before = Components.client;
        assertDrains("client", () -> disable(clients));
        assertTrue(journal.toString(), journal.time("client", DEACTIVATE) < journal.time("disable", RETURNED));
        enable(clients);
        awaitAnother(before, clients);
    }

    @Test
    public void O4_registrarRestarts_componentsBindAgain() throws Exception {
        bind();
        Running<String> call = heldCall(Components.words, () -> say("hello"));
        Running<Void> stop = stage.act("stop", registrarBundle()::stop);
        stop.awaitWaiting();
        Components.words.said.release();
        assertEquals("P:hello", call.join());
        stop.join();
        registrarBundle().start();
        Await.until("attached again", () -> Components.client.attached().size() == 1);
        assertEquals("P:x", say("x"));
        assertEquals("C:y", tell("y"));
    }
}
