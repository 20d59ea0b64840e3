package io.nmr.jmx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nmr.api.runtime.FakeRuntime;
import io.nmr.api.runtime.RegistrarEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.Notification;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RegistrarMBeanTest {

    private final MBeanServer server = MBeanServerFactory.newMBeanServer();
    private final FakeRuntime runtime = new FakeRuntime().draining();
    private ObjectName name;
    private RegistrarNotifications notifications;

    @BeforeEach
    void register() throws JMException {
        name = new ObjectName(Exposed.NAME);
        notifications = new RegistrarNotifications(name);
        server.registerMBean(new RegistrarMBean(new RegistrarView(runtime), notifications), name);
    }

    private Object attribute(String attribute) throws JMException {
        return server.getAttribute(name, attribute);
    }

    private CompositeData row(String attribute) throws JMException {
        return ((CompositeData[]) attribute(attribute))[0];
    }

    private Object invoke(String operation, long id) throws JMException {
        return server.invoke(name, operation, new Object[] {id}, new String[] {"long"});
    }

    /** Each is readable, and none is of a class that a remote console lacks. */
    @Test
    void attributes_areOpenTypes_andAreDescribed() throws JMException {
        MBeanInfo info = server.getMBeanInfo(name);
        for (MBeanAttributeInfo attribute : info.getAttributes()) {
            assertThat(attribute.getType()).matches("int|long|(\\[L)?javax\\.management\\.openmbean\\.CompositeData;?");
            assertThat(attribute.getDescription()).isNotBlank().doesNotContain("null");
            assertThat(attribute(attribute.getName())).isNotNull();
        }
        assertThat(Arrays.stream(info.getAttributes()).map(MBeanAttributeInfo::getName)).containsExactlyInAnyOrder(
                "Modules", "Bindings", "Drains", "Counters", "DrainTimes",
                "ModuleCount", "BindingCount", "DrainCount", "OverdueCount", "CallsInProgress");
    }

    @Test
    void operations_nameTheirParameter() throws JMException {
        MBeanOperationInfo[] operations = server.getMBeanInfo(name).getOperations();
        assertThat(Arrays.stream(operations).map(MBeanOperationInfo::getName)).containsExactlyInAnyOrder("binding", "abandon", "drop");
        assertThat(operations).allSatisfy(operation -> assertThat(operation.getSignature()[0].getName()).isEqualTo("id"));
        assertThat(operations).allSatisfy(operation -> assertThat(operation.getSignature()[0].getDescription())
                .isEqualTo("The id of a binding, as in Bindings"));
    }

    @Test
    void operations_sayWhetherTheyChangeAnything() throws JMException {
        for (MBeanOperationInfo operation : server.getMBeanInfo(name).getOperations()) {
            assertThat(operation.getImpact()).as(operation.getName()).isEqualTo(
                    "binding".equals(operation.getName()) ? MBeanOperationInfo.INFO : MBeanOperationInfo.ACTION);
        }
    }

    @Test
    void modulesAndBindings_areFlatRows() throws JMException {
        assertThat(row("Modules").get("bundle")).isEqualTo("io.nmr.sample.client 1.0.0 [5]");
        assertThat(row("Bindings").get("state")).isEqualTo("DETACHING");
        assertThat(row("Bindings").get("clientCalls")).isEqualTo(1L);
        assertThat(row("Bindings").get("clientOwes")).isEqualTo("COMPLETION");
        assertThat(row("Bindings").get("providerCalls")).as("not tracked").isNull();
    }

    @Test
    void drains_showWhatTheyWaitFor() throws JMException {
        assertThat(row("Drains").get("what")).isEqualTo("io.nmr.sample.provider 1.0.0 [6]");
        assertThat(row("Drains").get("ageMillis")).isEqualTo(1204L);
        assertThat(((CompositeData[]) row("Drains").get("bindings"))[0].get("id")).isEqualTo(1L);
        runtime.drains.set(0, FakeRuntime.drain(4, FakeRuntime.OLD_BUNDLE, null));
        assertThat(row("Drains").get("remainingMillis")).as("without bound").isNull();
    }

    @Test
    void countersAndCounts() throws JMException {
        assertThat(((CompositeData) attribute("Counters")).get("offered")).isEqualTo(9L);
        assertThat(((CompositeData) attribute("DrainTimes")).get("longestMillis")).isEqualTo(2030L);
        assertThat(attribute("ModuleCount")).isEqualTo(2);
        assertThat(attribute("BindingCount")).isEqualTo(1);
        assertThat(attribute("DrainCount")).isEqualTo(1);
        assertThat(attribute("OverdueCount")).isEqualTo(0L);
        assertThat(attribute("CallsInProgress")).isEqualTo(1L);
    }

    @Test
    void binding_showsTheStacks() throws JMException {
        CompositeData report = (CompositeData) invoke("binding", 1);
        CompositeData call = ((CompositeData[]) report.get("calls"))[0];
        assertThat((String[]) call.get("stack")).hasSize(2).contains("java.lang.Thread.sleep(Native Method)");
        assertThat(((CompositeData) report.get("binding")).get("id")).isEqualTo(1L);
    }

    @Test
    void unknownBinding_saysWhichThereAre() {
        assertThatThrownBy(() -> invoke("binding", 9))
                .isInstanceOf(RuntimeMBeanException.class)
                .hasRootCauseMessage("no binding 9, or none any more; there are: [1]");
    }

    @Test
    void abandonAndDrop() throws JMException {
        assertThat(invoke("drop", 1)).isEqualTo(false);
        assertThat(invoke("abandon", 1)).isEqualTo(true);
        assertThat(attribute("OverdueCount")).isEqualTo(1L);
        assertThat(invoke("drop", 1)).isEqualTo(true);
        assertThat(attribute("BindingCount")).isEqualTo(0);
    }

    @Test
    void events_areNotifications_withTheirParts() throws JMException {
        List<Notification> received = new ArrayList<>();
        server.addNotificationListener(name, (notification, handback) -> received.add(notification), null, null);
        events().forEach(notifications::event);
        assertThat(received).extracting(Notification::getType).containsExactly(
                "io.nmr.module.registered", "io.nmr.binding.attached", "io.nmr.drain.given_up", "io.nmr.incident.callback_failed");
        assertThat(received).extracting(Notification::getSequenceNumber).containsExactly(1L, 2L, 3L, 4L);
        assertThat(received).extracting(Notification::getSource).containsOnly(name);
        assertThat(received.get(1).getMessage()).isEqualTo(
                "binding 7 of client io.nmr.sample.client 1.0.0 [5] and provider io.nmr.sample.provider 1.0.0 [6]: attached");
        assertThat(((CompositeData) received.get(1).getUserData()).get("providerId")).isEqualTo(2L);
        assertThat(((CompositeData) received.get(2).getUserData()).get("overdue")).isEqualTo(2L);
        assertThat(((CompositeData) received.get(3).getUserData()).get("rule")).isEqualTo("D9");
        assertThat(received).extracting(Notification::getType).isSubsetOf(RegistrarNotifications.types());
    }

    private static Stream<RegistrarEvent> events() {
        return Stream.of(
                new RegistrarEvent.OfModule(1, FakeRuntime.MORNING, RegistrarEvent.OfModule.Kind.REGISTERED, FakeRuntime.OLD),
                new RegistrarEvent.OfBinding(
                        2, FakeRuntime.MORNING, RegistrarEvent.OfBinding.Kind.ATTACHED, 7, FakeRuntime.CLIENT, FakeRuntime.OLD, Duration.ZERO),
                new RegistrarEvent.OfDrain(
                        3, FakeRuntime.MORNING, RegistrarEvent.OfDrain.Kind.GIVEN_UP, 1, "b", Duration.ofSeconds(20), 1, 2),
                new RegistrarEvent.OfIncident(
                        4, FakeRuntime.MORNING, RegistrarEvent.OfIncident.Kind.CALLBACK_FAILED, "D9", null, "it threw"));
    }
}
