package io.nmr.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.nmr.api.NmrStatus;
import io.nmr.api.runtime.ModuleRef;
import io.nmr.api.runtime.RegistrarEvent.OfIncident;
import io.nmr.api.runtime.Role;
import io.nmr.engine.spi.EffectKind;
import io.nmr.engine.spi.EffectTask;
import io.nmr.engine.spi.EngineSettings;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the engine says: to which module of whom it happened, and in which callback. */
class WordsTest extends EngineTest {

    private static final class Broken extends RuntimeException {

        private static final long serialVersionUID = 1;
    }

    @Test
    void module_isNamedWithItsOrigin_ifItHasOne() {
        RecordingClient client = rig.register(rig.client("its origin"));
        ModuleRef name = rig.engine.view().ref(client.registration).orElseThrow();
        assertThat(name).hasToString("client " + name.id() + " (module " + name.moduleId() + ", number 1) of its origin 1.0.0 [1]");
        assertThat(new ModuleRef(7, Role.PROVIDER, name.npiId(), null, name.moduleId(), 2, null))
                .hasToString("provider 7 (module " + name.moduleId() + ", number 2)");
    }

    @Test
    void nameOfARegistration_isKnownToItsOwnEngineAlone() {
        RecordingClient client = rig.register(rig.client("client"));
        assertThat(rig.engine.view().ref(client.registration)).isPresent();
        assertThat(rig.engine.view().ref(null)).isEmpty();
        assertThat(new RegistrarEngine().view().ref(client.registration)).isEmpty();
    }

    @Test
    void C1_failedCleanup_isNamed() {
        RecordingClient client = rig.client("client");
        RecordingProvider provider = rig.provider("provider");
        client.onCleanup = link -> {
            throw new Broken();
        };
        provider.onCleanup = client.onCleanup;
        attached(client, provider);
        rig.deregisterAndWait(client);
        assertThat(List.of(rig.expectIncident(OfIncident.Kind.CALLBACK_FAILED, "C1").message(),
                        rig.expectIncident(OfIncident.Kind.CALLBACK_FAILED, "C1").message()))
                .anyMatch(message -> message.contains("of client 1.0.0 [1] cleanupClientBindingContext threw"))
                .anyMatch(message -> message.contains("of provider 1.0.0 [1] cleanupProviderBindingContext threw"));
    }

    @Test
    void A10_misuseOfAttach_saysWhereTheBindingWas() {
        RecordingClient client = rig.client("client");
        attached(client, rig.provider("provider"));
        assertThat(client.link().attach().status()).isEqualTo(NmrStatus.INVALID_PARAMETER);
        assertThat(rig.expectIncident(OfIncident.Kind.PROTOCOL_ERROR, "A10").message()).contains(", which is ATTACHED, ");
    }

    @Test
    void effects_sayWhatTheyAreFor() {
        List<EffectTask> effects = new ArrayList<>();
        RegistrarEngine engine = new RegistrarEngine(new EngineSettings(effect -> {
            effects.add(effect);
            effect.run();
        }, rig.incidents::add, () -> 0));
        RecordingClient client = new RecordingClient(history, "client", rig.npi);
        RecordingProvider provider = new RecordingProvider(history, "provider", rig.npi);
        provider.registration = engine.registerProvider(provider);
        client.registration = engine.registerClient(client);
        client.registration.deregistration();
        engine.deregister(client.registration);
        engine.deregister(provider.registration);
        assertThat(effects).extracting(EffectTask::kind).containsExactly(
                EffectKind.OFFER,
                EffectKind.DEREGISTER_NOTICE,
                EffectKind.DETACH_NOTICE,
                EffectKind.DETACH_NOTICE,
                EffectKind.CLEANUP,
                EffectKind.CLEANUP,
                EffectKind.STAGE);
        assertThat(effects.get(0)).hasToString("OFFER for " + effects.get(0).module());
    }
}
