package io.nmr.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nmr.api.ClientRegistration;
import io.nmr.api.ModuleId;
import io.nmr.api.NmrException;
import io.nmr.api.NmrStatus;
import io.nmr.api.NpiId;
import io.nmr.api.ProviderRegistration;
import io.nmr.api.RegistrationInstance;
import io.nmr.api.runtime.BundleRef;
import io.nmr.api.runtime.RegistrarEvent.OfIncident.Kind;
import io.nmr.engine.History.What;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RegistrationRulesTest extends EngineTest {

    private final NpiId otherNpi = new NpiId(UUID.randomUUID());

    @Test
    void R1_registerClient_isOfferedEachRegisteredProviderOnce() {
        RecordingProvider first = rig.register(rig.provider("first"));
        RecordingProvider second = rig.register(rig.provider("second"));
        RecordingClient client = rig.client("client");

        ClientRegistration registration = rig.engine.registerClient(client);
        client.registration = registration;

        assertThat(history.count(What.ATTACH, client)).isEqualTo(2);
        assertThat(client.allLinks()).extracting(link -> link.peer)
                .containsExactlyInAnyOrder(first.instance, second.instance);
    }

    @Test
    void R2_registerProvider_isOfferedToEachRegisteredClientOnce() {
        RecordingClient first = rig.register(rig.client("first"));
        RecordingClient second = rig.register(rig.client("second"));
        RecordingProvider provider = rig.provider("provider");

        ProviderRegistration registration = rig.engine.registerProvider(provider);
        provider.registration = registration;

        history.only(What.ATTACH, first);
        history.only(What.ATTACH, second);
        assertThat(history.count(What.ATTACH, provider)).isEqualTo(2);
    }

    @Test
    void R3_npiIdAloneDecidesWhoMeets() {
        RecordingProvider stranger = rig.register(rig.provider("stranger", otherNpi));
        RecordingProvider provider = rig.provider("provider");
        provider.instance = RegistrationInstance.of(rig.npi, new ModuleId.InterfaceLuid(7), -3, "anything");
        RecordingClient client = rig.client("client");
        client.instance = RegistrationInstance.of(
                new NpiId(rig.npi.guid()), ModuleId.of(UUID.randomUUID().toString()), 99, null);

        rig.registerAll(provider, client);

        history.only(What.ATTACH, client);
        history.only(What.ATTACH, provider);
        assertThat(history.of(stranger)).isEmpty();
    }

    @Test
    void R3_clientAndProviderOfOneModule_isOfferedItself_andMayRefuse() {
        RecordingClient client = rig.client("self");
        RecordingProvider provider = rig.provider("self");
        client.instance = provider.instance;
        client.onAttach = link ->
                link.peer.moduleId().equals(client.instance.moduleId()) ? NmrStatus.NOINTERFACE : link.attach().status();

        rig.registerAll(provider, client);

        history.only(What.ATTACH, client);
        assertThat(history.of(provider)).isEmpty();
    }

    @Test
    void R4_registrationInstanceOfAnotherVersion_isRefused() {
        RecordingClient client = rig.client("client");
        client.instance = new RegistrationInstance(1, rig.npi, client.instance.moduleId(), 1, null);
        refusesClient(client, "version 0 was expected");
    }

    @Test
    void R4_registrationInstanceWithoutNpiId_isRefused() {
        RecordingClient client = rig.client("client");
        client.instance = new RegistrationInstance(0, null, client.instance.moduleId(), 1, null);
        refusesClient(client, "an NPI id was expected");
    }

    @Test
    void R4_registrationInstanceWithoutModuleId_isRefused() {
        RecordingClient client = rig.client("client");
        client.instance = new RegistrationInstance(0, rig.npi, null, 1, null);
        refusesClient(client, "a module id was expected");
    }

    @Test
    void R4_nullRegistrationInstance_isRefused() {
        RecordingClient client = rig.client("client");
        client.instance = null;
        refusesClient(client, "its registration instance is null");
    }

    @Test
    void R4_nullCharacteristics_areRefused() {
        refusesClient(null, "its characteristics are null");
        refusesProvider(null, "its characteristics are null");
    }

    @Test
    void R4_providerOfAnotherVersion_isRefused() {
        RecordingProvider provider = rig.provider("provider");
        provider.instance = new RegistrationInstance(-1, rig.npi, provider.instance.moduleId(), 1, null);
        refusesProvider(provider, "version 0 was expected");
    }

    @Test
    void R4_npiSpecificCharacteristicsThatThrowInToString_doNotHideTheRefusal() {
        RecordingProvider provider = rig.provider("provider");
        Object vicious = new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException("no string");
            }
        };
        provider.instance = new RegistrationInstance(3, rig.npi, provider.instance.moduleId(), 1, vicious);
        refusesProvider(provider, "provider");
    }

    private void refusesClient(RecordingClient client, String why) {
        assertThatThrownBy(() -> rig.engine.prepareClient(client, new BundleRef(17, "bundle", "1.0.0")))
                .isInstanceOf(NmrException.class)
                .hasMessageContaining("R4")
                .hasMessageContaining("client of bundle 1.0.0 [17]")
                .hasMessageContaining(why)
                .hasMessageContaining("STATUS_INVALID_PARAMETER")
                .extracting(e -> ((NmrException) e).status()).isEqualTo(NmrStatus.INVALID_PARAMETER);
        assertThatThrownBy(() -> rig.engine.registerClient(client)).isInstanceOf(NmrException.class);
        assertThat(rig.engine.registry.size()).isZero();
    }

    private void refusesProvider(RecordingProvider provider, String why) {
        assertThatThrownBy(() -> rig.engine.prepareProvider(provider, new BundleRef(18, "bundle", "1.0.0")))
                .isInstanceOf(NmrException.class)
                .hasMessageContaining("provider of bundle 1.0.0 [18]")
                .hasMessageContaining(why)
                .extracting(e -> ((NmrException) e).status()).isEqualTo(NmrStatus.INVALID_PARAMETER);
        assertThatThrownBy(() -> rig.engine.registerProvider(provider)).isInstanceOf(NmrException.class);
        assertThat(rig.engine.registry.size()).isZero();
    }

    @Test
    void R5_oneModuleInSeveralRegistrations_eachStandsAlone() {
        RecordingProvider numberOne = rig.provider("module, number 1");
        RecordingProvider numberTwo = rig.provider("module, number 2");
        numberTwo.instance = RegistrationInstance.of(rig.npi, numberOne.instance.moduleId(), 2, null);
        RecordingProvider elsewhere = rig.provider("module, other NPI", otherNpi);
        RecordingClient client = rig.client("client");
        RecordingClient itsOwnClient = rig.client("module, as client", otherNpi);
        rig.registerAll(numberOne, numberTwo, elsewhere, client, itsOwnClient);

        rig.deregisterAndWait(numberOne);

        assertThat(history.count(What.ATTACH, client)).isEqualTo(2);
        assertThat(history.count(What.CLEANUP, client)).isEqualTo(1);
        assertThat(history.whats(numberTwo)).containsExactly(What.ATTACH, What.ATTACH_END);
        assertThat(history.whats(elsewhere)).containsExactly(What.ATTACH, What.ATTACH_END);
        assertThat(history.whats(itsOwnClient)).containsExactly(What.ATTACH, What.ATTACH_END);
    }

    @Test
    void R5_theSameCharacteristicsRegisteredTwice_areTwoRegistrations() {
        RecordingProvider provider = rig.register(rig.provider("provider"));
        RecordingClient client = rig.client("client");
        ClientRegistration first = rig.engine.registerClient(client);
        ClientRegistration second = rig.engine.registerClient(client);
        client.registration = second;

        assertThat(rig.engine.deregisterClient(first)).isEqualTo(NmrStatus.PENDING);
        assertThat(rig.engine.waitForClientDeregisterComplete(first, Rig.LONG)).isEqualTo(NmrStatus.SUCCESS);

        assertThat(history.count(What.ATTACH, provider)).isEqualTo(2);
        assertThat(history.count(What.CLEANUP, provider)).isEqualTo(1);
    }

    @Test
    void R6_registeredTwiceThroughTheEngine_isOfferedOnce() {
        RecordingProvider provider = rig.register(rig.provider("provider"));
        RecordingClient client = rig.client("client");
        rig.prepare(client);

        assertThat(rig.engine.register(client.registration)).isTrue();
        assertThat(rig.engine.register(client.registration)).isFalse();

        history.only(What.ATTACH, provider);
    }

    @Test
    void R6_manyThreadsRegisterAtOnce_eachPairIsOfferedOnce() {
        int each = 12;
        CountDownLatch start = new CountDownLatch(1);
        for (int i = 0; i < each; i++) {
            RecordingModule client = rig.client("client " + i);
            RecordingModule provider = rig.provider("provider " + i);
            for (RecordingModule module : new RecordingModule[] {client, provider}) {
                rig.crew.start(() -> {
                    start.await();
                    return rig.register(module);
                });
            }
        }
        start.countDown();
        rig.crew.join();

        assertThat(rig.modules).allSatisfy(module -> {
            assertThat(module.links).hasSize(each);
            assertThat(module.links).extracting(link -> link.peer).doesNotHaveDuplicates();
        });
    }

    @Test
    void R8_attachCallsAndDetach_happenBeforeRegisterReturns() {
        RecordingProvider provider = rig.register(rig.provider("provider"));
        RecordingClient client = rig.client("client");
        client.onAttach = link -> {
            NmrStatus status = link.attach().status();
            link.enter();
            link.exit();
            assertThat(rig.deregister(client)).isEqualTo(NmrStatus.PENDING);
            return status;
        };

        rig.register(client);

        assertThat(rig.await(client)).isEqualTo(NmrStatus.SUCCESS);
        history.only(What.CLEANUP, client);
        history.only(What.CLEANUP, provider);
    }

    @Test
    void R9_registerReturns_afterItsOffersWereAnswered() {
        for (int i = 0; i < 5; i++) {
            rig.register(rig.client("client " + i));
        }
        RecordingProvider provider = rig.register(rig.provider("provider"));

        assertThat(history.count(What.ATTACH_END, provider)).isEqualTo(5);
        assertThat(history.count(What.ATTACH_END)).isEqualTo(10);
    }

    @Test
    void R9_aPairOfferedByAnotherThread_mayStillBeUnderWay() {
        CountDownLatch goOn = new CountDownLatch(1);
        RecordingClient client = rig.client("slow client");
        client.onAttach = link -> {
            awaitQuietly(goOn);
            return link.attach().status();
        };
        rig.register(client);
        RecordingProvider first = rig.provider("first");
        Crew.Member<?> registering = rig.crew.start(() -> rig.register(first));
        history.await(What.ATTACH, client);

        RecordingClient quick = rig.register(rig.client("quick client"));

        assertThat(history.count(What.ATTACH_END, quick)).isEqualTo(1);
        assertThat(history.count(What.ATTACH_END, client)).isZero();
        goOn.countDown();
        registering.join();
        assertThat(history.count(What.ATTACH_END, client)).isEqualTo(1);
    }

    @Test
    void R9_interruptWhileOffersAreUnderWay_isKeptForTheCaller() {
        rig.register(rig.provider("provider"));
        RecordingClient client = rig.client("client");
        boolean interrupted = rig.crew.elsewhere(() -> {
            Thread.currentThread().interrupt();
            rig.register(client);
            return Thread.currentThread().isInterrupted();
        });
        assertThat(interrupted).isTrue();
        history.only(What.ATTACH_END, client);
    }

    @Test
    void registrationOfAnotherEngine_isRefusedByRegister() {
        RegistrarEngine other = new RegistrarEngine();
        ClientRegistration foreign = other.prepareClient(rig.client("foreign"), null);
        assertThatThrownBy(() -> rig.engine.register(foreign))
                .isInstanceOf(NmrException.class)
                .hasMessageContaining("STATUS_INVALID_PARAMETER");
        rig.expectIncident(Kind.PROTOCOL_ERROR, "C3");
        assertThat(other.deregisterClient(foreign)).isEqualTo(NmrStatus.PENDING);
    }

    static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
