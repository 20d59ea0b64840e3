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
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Readers against threads that attach and detach: who is there throughout is seen, and nobody twice. */
class ViewStressTest {

    private static final int STAYING = 50;
    private static final int ROUNDS = 20_000;

    private final Crew crew = new Crew();
    private final RegistrarEngine engine = new RegistrarEngine();
    private final AtomicBoolean done = new AtomicBoolean();

    @AfterEach
    void everybodyIsDone() {
        crew.join();
    }

    private record Client(RegistrationInstance clientRegistrationInstance) implements ClientCharacteristics {

        @Override
        public NmrStatus attachProvider(ClientBindingHandle handle, Object context, RegistrationInstance provider) {
            return handle.attach(null, null).status();
        }

        @Override
        public NmrStatus detachProvider(Object bindingContext) {
            return NmrStatus.SUCCESS;
        }
    }

    private record Provider(RegistrationInstance providerRegistrationInstance) implements ProviderCharacteristics {

        @Override
        public AttachResult attachClient(
                ProviderBindingHandle handle,
                Object registrationContext,
                RegistrationInstance client,
                Object clientBindingContext,
                Object clientDispatch) {
            return new AttachResult.Attached(null, "dispatch");
        }

        @Override
        public NmrStatus detachClient(Object bindingContext) {
            return NmrStatus.SUCCESS;
        }
    }

    private static RegistrationInstance instance(NpiId npi) {
        return RegistrationInstance.of(npi, new ModuleId.Guid(UUID.randomUUID()), 0, null);
    }

    @Test
    void whoIsThereThroughout_isSeenOnce_asItIs() {
        NpiId npi = new NpiId(UUID.randomUUID());
        engine.registerProvider(new Provider(instance(npi)));
        Set<Long> staying = stay(npi);
        List<Crew.Member<Integer>> readers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            readers.add(crew.start(() -> read(staying)));
        }
        Crew.Member<Void> one = crew.run(() -> comeAndGo(npi));
        Crew.Member<Void> other = crew.run(() -> comeAndGo(npi));
        one.join();
        other.join();
        done.set(true);
        readers.forEach(reader -> assertThat(reader.join()).as("readings").isPositive());
    }

    /** Every second one goes again, so that those who stay stand between gaps. */
    private Set<Long> stay(NpiId npi) {
        List<ClientRegistration> going = new ArrayList<>();
        for (int i = 0; i < STAYING; i++) {
            engine.registerClient(new Client(instance(npi)));
            going.add(engine.registerClient(new Client(instance(npi))));
        }
        going.forEach(engine::deregisterClient);
        return engine.view().bindings().stream().map(BindingSnapshot::id).collect(Collectors.toSet());
    }

    private void comeAndGo(NpiId npi) {
        List<ClientRegistration> here = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            here.add(engine.registerClient(new Client(instance(npi))));
            if (here.size() > 20) {
                engine.deregisterClient(here.remove(i % here.size()));
            }
        }
        here.forEach(engine::deregisterClient);
    }

    private int read(Set<Long> staying) {
        int readings = 0;
        while (!done.get() || readings == 0) {
            List<BindingSnapshot> seen = engine.view().bindings();
            assertThat(seen).extracting(BindingSnapshot::id).doesNotHaveDuplicates().containsAll(staying);
            assertThat(engine.view().modules()).extracting(ModuleSnapshot::name).doesNotHaveDuplicates()
                    .hasSizeGreaterThan(STAYING);
            seen.stream().filter(binding -> staying.contains(binding.id())).forEach(binding ->
                    assertThat(binding.phase()).isEqualTo(Phase.ATTACHED));
            readings++;
        }
        return readings;
    }
}
