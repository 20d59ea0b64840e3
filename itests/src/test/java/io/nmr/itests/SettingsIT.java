package io.nmr.itests;

import static io.nmr.itests.kit.Moment.CLEANUP;
import static io.nmr.itests.kit.Moment.CLEANUP_END;
import static io.nmr.itests.kit.Moment.STOP;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.nmr.api.NpiId;
import io.nmr.itests.kit.Await;
import io.nmr.itests.kit.Publishing;
import io.nmr.itests.kit.Running;
import io.nmr.itests.kit.TestClient;
import io.nmr.itests.kit.TestModule;
import io.nmr.itests.kit.TestProvider;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import javax.inject.Inject;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.MetaTypeService;
import org.osgi.service.metatype.ObjectClassDefinition;

/** O3: what Config Admin and service properties set, while the framework runs. */
public class SettingsIT extends ConfiguredTest {

    private static final NpiId OTHER = new NpiId(new UUID(7, 7));

    @Inject
    private MetaTypeService metatypes;

    @Test
    public void O3_configuredTimeout_servesFromTheNextDetach_andIsGoneWithTheConfiguration() throws Exception {
        stage.expect("NMR202");
        bind();
        set("nmr.detach.timeout", 300);
        int call = client.bound().closer.gate().enter();
        stage.act("stop", providers::stop).join();
        assertTrue(stage.log.only("NMR202").contains("bundle.p"));
        client.bound().closer.gate().exit(call);
        journal.awaitEvent("P", CLEANUP_END);

        delete();
        assertTrue(stage.log.all("NMR104").get(1).contains("detach timeout 60000 ms"));
    }

    @Test
    public void O3_theModulesOwnTimeout_goesBeforeItsNpis_goesBeforeThatOfAll_eachModuleByItself() throws Exception {
        stage.expect("NMR202");
        set("nmr.detach.timeout", "60000", "nmr.detach.timeouts", new String[] {OTHER.guid() + "=700"});
        TestClient[] users = {
            stage.client("own"), stage.add(new TestClient(journal, "npi", OTHER)),
            stage.add(new TestClient(journal, "all", new NpiId(new UUID(7, 8))))
        };
        TestProvider own = stage.provider("P-own");
        TestProvider npi = stage.add(new TestProvider(journal, "P-npi", OTHER));
        TestProvider all = stage.add(new TestProvider(journal, "P-all", new NpiId(new UUID(7, 8))));
        stage.publish("bundle.c", users);
        providers = stage.publish("bundle.p", npi, all);
        stage.plan(providers).publish(own, new Hashtable<>(Map.of("nmr.detach.timeout", "300")));
        int[] calls = Arrays.stream(users).mapToInt(user -> user.bound().closer.gate().enter()).toArray();

        Running<Void> stop = stage.act("stop", providers::stop);
        Await.until("two have been given up", () -> stage.log.all("NMR202").size() == 2, stage.log);
        String first = stage.log.all("NMR202").get(0);
        assertTrue(first, first.contains("bundle.p 1.0.0") && first.contains("waits for its other modules only"));
        assertEquals(first, 1, first.split("owes its completion", -1).length - 1);
        stop.awaitWaiting();
        assertEquals(0, journal.count("bundle.p", STOP));
        users[2].bound().closer.gate().exit(calls[2]);
        stop.join();
        journal.assertOrder(CLEANUP_END.of("P-all"), STOP.of("bundle.p"));
        assertEquals(0, journal.count("P-own", CLEANUP) + journal.count("P-npi", CLEANUP));
        assertTrue(stage.log.only("NMR203").contains("its other modules drained"));
        users[0].bound().closer.gate().exit(calls[0]);
        users[1].bound().closer.gate().exit(calls[1]);
    }

    @Test
    public void O3_theModulesOwnTimeout_canBeChanged_andAWrongOneKeepsTheLast() {
        stage.expect("NMR103", "NMR202");
        bind();
        ServiceRegistration<?> published = stage.plan(providers).registration(provider);
        published.setProperties(new Hashtable<>(Map.of("nmr.detach.timeout", 300L)));
        published.setProperties(new Hashtable<>(Map.of("nmr.detach.timeout", "soon")));
        String wrong = stage.log.only("NMR103");
        assertTrue(wrong, wrong.contains("ProviderCharacteristics (service.id ") && wrong.contains("'soon'")
                && wrong.endsWith("300 is kept"));
        int call = client.bound().closer.gate().enter();
        stage.act("stop", providers::stop).join();
        client.bound().closer.gate().exit(call);
    }

    @Test
    public void O3_unknownKey_isNamed() throws Exception {
        set("nmr.detach.timeout", 5, "nmr.detach.timeuot", 5);
        assertTrue(stage.log.only("NMR105").contains("nmr.detach.timeuot"));
    }

    @Test
    public void metatype_describesEverySetting_asItIsRead() {
        ObjectClassDefinition described =
                metatypes.getMetaTypeInformation(registrarBundle()).getObjectClassDefinition("io.nmr.registrar", null);
        List<String> ids = new ArrayList<>();
        for (AttributeDefinition attribute : described.getAttributeDefinitions(ObjectClassDefinition.ALL)) {
            ids.add(attribute.getID());
            String[] values = attribute.getDefaultValue();
            assertTrue(attribute.getID(), values == null || values.length == 0
                    || attribute.validate(values[0]) == null || attribute.validate(values[0]).isEmpty());
        }
        Collections.sort(ids);
        assertEquals(List.of("nmr.callback.threads", "nmr.detach.grace", "nmr.detach.overdue", "nmr.detach.timeout",
                "nmr.detach.timeouts"), ids);
    }

    @Test
    public void O3_ownTimeout_changedWhileTheModuleIsBeingOffered_isTaken() {
        stage.expect("NMR202");
        AtomicReference<ServiceRegistration<?>> published = new AtomicReference<>();
        client = stage.client("C");
        client.inAttach = bound ->
                published.get().setProperties(new Hashtable<>(Map.of("nmr.detach.timeout", 300L)));
        stage.publish("bundle.c", client);
        provider = stage.provider("P");
        providers = stage.start(stage.install("bundle.p", new Publishing(journal, "bundle.p", provider) {
            @Override
            protected Object service(TestModule module) {
                return new ServiceFactory<Object>() {
                    @Override
                    public Object getService(Bundle bundle, ServiceRegistration<Object> registration) {
                        published.set(registration);
                        return module;
                    }

                    @Override
                    public void ungetService(Bundle bundle, ServiceRegistration<Object> registration, Object service) {}
                };
            }
        }));
        int call = client.bound().closer.gate().enter();
        stage.act("stop", providers::stop).join();
        assertEquals(1, stage.log.all("NMR202").size());
        client.bound().closer.gate().exit(call);
    }
}
