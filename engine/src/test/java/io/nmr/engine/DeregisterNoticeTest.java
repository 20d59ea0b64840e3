package io.nmr.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.nmr.api.AttachResult;
import io.nmr.api.ClientBindingHandle;
import io.nmr.api.ClientCharacteristics;
import io.nmr.api.ClientRegistration;
import io.nmr.api.ModuleId;
import io.nmr.api.NmrStatus;
import io.nmr.api.NpiId;
import io.nmr.api.ProviderBindingHandle;
import io.nmr.api.ProviderCharacteristics;
import io.nmr.api.RegistrationInstance;
import io.nmr.engine.spi.EffectKind;
import io.nmr.engine.spi.EffectTask;
import io.nmr.engine.spi.EngineSettings;
import io.nmr.engine.spi.Incident;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeregisterNoticeTest {

    private static final RegistrationInstance INSTANCE = RegistrationInstance.of(
            NpiId.of("00000000-0000-0000-0000-000000000001"),
            ModuleId.of("00000000-0000-0000-0000-000000000002"), 1, null);

    private final List<Incident> incidents = new ArrayList<>();
    private final List<String> calls = new ArrayList<>();
    private final RegistrarEngine engine =
            new RegistrarEngine(new EngineSettings(EffectTask::run, incidents::add, System::nanoTime));

    @Test
    void D1_deregisterClient_isToldOnceBeforeItsDetaches() {
        engine.registerProvider(new Provider());
        ClientRegistration client = engine.registerClient(new Client());
        engine.deregisterClient(client);
        engine.deregisterClient(client);

        assertThat(calls).containsExactly("attach", "deregistering", "detach");
    }

    @Test
    void D1_deregisterProvider_tellsNoClient() {
        var provider = engine.registerProvider(new Provider());
        engine.registerClient(new Client());
        engine.deregisterProvider(provider);

        assertThat(calls).containsExactly("attach", "detach");
    }

    @Test
    void D1_noticeThrows_isContained() {
        ClientRegistration client = engine.registerClient(new Client() {
            @Override
            public void clientDeregistering() {
                throw new IllegalStateException("no");
            }
        });
        engine.deregisterClient(client);

        assertThat(engine.waitForClientDeregisterComplete(client, Duration.ZERO)).isEqualTo(NmrStatus.SUCCESS);
        assertThat(incidents).singleElement().satisfies(incident -> assertThat(incident.rule()).isEqualTo("D1"));
    }

    @Test
    void C2_completeOnlyOnceTold() {
        List<EffectTask> deferred = new ArrayList<>();
        RegistrarEngine deferring = new RegistrarEngine(new EngineSettings(deferred::add, incidents::add, System::nanoTime));
        ClientRegistration client = deferring.registerClient(new Client());
        deferring.deregisterClient(client);
        assertThat(deferred).extracting(EffectTask::kind).containsExactly(EffectKind.DEREGISTER_NOTICE);
        assertThat(deferred.get(0)).hasToString("DEREGISTER_NOTICE for " + deferred.get(0).module());
        assertThat(deferring.waitForClientDeregisterComplete(client, Duration.ZERO)).isEqualTo(NmrStatus.TIMEOUT);

        deferred.forEach(EffectTask::run);
        assertThat(deferring.waitForClientDeregisterComplete(client, Duration.ZERO)).isEqualTo(NmrStatus.SUCCESS);
        assertThat(calls).containsExactly("deregistering");
    }

    @Test
    void C6_waitInsideTheNotice_isRefusedAtOnce() {
        List<ClientRegistration> own = new ArrayList<>();
        List<NmrStatus> answers = new ArrayList<>();
        own.add(engine.registerClient(new Client() {
            @Override
            public void clientDeregistering() {
                answers.add(engine.waitForClientDeregisterComplete(own.get(0), Duration.ofSeconds(20)));
            }
        }));
        engine.deregisterClient(own.get(0));

        assertThat(answers).containsExactly(NmrStatus.POSSIBLE_DEADLOCK);
        assertThat(engine.waitForClientDeregisterComplete(own.get(0), Duration.ZERO)).isEqualTo(NmrStatus.SUCCESS);
    }

    /** That one's notice stands in line behind this one: the waiting thread gives it itself. */
    @Test
    void C6_waitInsideTheNotice_forOneThatIsNotToldYet_tellsIt() {
        List<NmrStatus> answers = new ArrayList<>();
        List<ClientRegistration> both = new ArrayList<>();
        both.add(engine.registerClient(new Client() {
            @Override
            public void clientDeregistering() {
                answers.add(engine.waitForClientDeregisterComplete(both.get(1), Duration.ofSeconds(5)));
            }
        }));
        both.add(engine.registerClient(new Client()));
        engine.deregisterAll(both);

        assertThat(answers).containsExactly(NmrStatus.SUCCESS);
        assertThat(calls).containsExactly("deregistering");
        assertThat(incidents).isEmpty();
    }

    private class Client implements ClientCharacteristics {

        @Override
        public RegistrationInstance clientRegistrationInstance() {
            return INSTANCE;
        }

        @Override
        public NmrStatus attachProvider(ClientBindingHandle handle, Object context, RegistrationInstance provider) {
            calls.add("attach");
            return handle.attach(null, null).status();
        }

        @Override
        public void clientDeregistering() {
            calls.add("deregistering");
        }

        @Override
        public NmrStatus detachProvider(Object bindingContext) {
            calls.add("detach");
            return NmrStatus.SUCCESS;
        }
    }

    private static final class Provider implements ProviderCharacteristics {

        @Override
        public RegistrationInstance providerRegistrationInstance() {
            return INSTANCE;
        }

        @Override
        public AttachResult attachClient(
                ProviderBindingHandle handle, Object context, RegistrationInstance client, Object theirs, Object dispatch) {
            return new AttachResult.Attached(null, "a dispatch table");
        }

        @Override
        public NmrStatus detachClient(Object bindingContext) {
            return NmrStatus.SUCCESS;
        }
    }
}
