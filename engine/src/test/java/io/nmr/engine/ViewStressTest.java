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
import io.nmr.api.runtime.BindingSnapshot;
import io.nmr.api.runtime.BindingState;
import io.nmr.api.runtime.ModuleSnapshot;
import io.nmr.history.BindingRecorder;
import io.nmr.history.HistoryCheck;
import io.nmr.history.ModuleRecorder;
import io.nmr.history.Recorder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Readers against threads that attach and detach: who is there throughout is seen, and nobody twice. Nor do the readers
 * disturb those threads: the history of these breaks no rule.
 */
class ViewStressTest {

    private static final int STAYING = 50;
    private static final int ROUNDS = 10_000;
    private static final String PROVIDER = "provider";

    private final Crew crew = new Crew();
    private final Recorder recorder = new Recorder();
    private final NpiId npi = new NpiId(UUID.randomUUID());
    private final AtomicLong numbers = new AtomicLong();
    private final RegistrarEngine engine = new RegistrarEngine();
    private final AtomicBoolean done = new AtomicBoolean();

    @AfterEach
    void everybodyIsDone_andNoRuleIsBroken() {
        crew.join();
        HistoryCheck.requireAtEnd(recorder.history());
    }

    private record Client(RegistrationInstance clientRegistrationInstance, ModuleRecorder recorder)
            implements ClientCharacteristics {

        @Override
        public NmrStatus attachProvider(ClientBindingHandle handle, Object context, RegistrationInstance provider) {
            BindingRecorder binding = recorder.binding(PROVIDER);
            return binding.attachProvider(() -> handle.attach(binding, null).status());
        }

        @Override
        public void clientDeregistering() {
            recorder.deregistering(() -> { });
        }

        @Override
        public NmrStatus detachProvider(Object bindingContext) {
            return ((BindingRecorder) bindingContext).detach(() -> NmrStatus.SUCCESS);
        }

        @Override
        public void cleanupClientBindingContext(Object bindingContext) {
            ((BindingRecorder) bindingContext).cleanup(() -> { });
        }
    }

    private record Provider(RegistrationInstance providerRegistrationInstance, ModuleRecorder recorder)
            implements ProviderCharacteristics {

        @Override
        public AttachResult attachClient(
                ProviderBindingHandle handle,
                Object registrationContext,
                RegistrationInstance client,
                Object clientBindingContext,
                Object clientDispatch) {
            BindingRecorder binding = recorder.binding(name(client.number()));
            return binding.attachClient(() -> new AttachResult.Attached(binding, "dispatch"));
        }

        @Override
        public NmrStatus detachClient(Object bindingContext) {
            return ((BindingRecorder) bindingContext).detach(() -> NmrStatus.SUCCESS);
        }

        @Override
        public void cleanupProviderBindingContext(Object bindingContext) {
            ((BindingRecorder) bindingContext).cleanup(() -> { });
        }
    }

    /** A client that is registered, and what records it. */
    private record Registered(ClientRegistration registration, ModuleRecorder recorder) {}

    private static String name(long number) {
        return "client " + number;
    }

    private RegistrationInstance instance(long number) {
        return RegistrationInstance.of(npi, new ModuleId.Guid(UUID.randomUUID()), number, null);
    }

    private Registered client() {
        long number = numbers.incrementAndGet();
        ModuleRecorder recorded = recorder.client("npi", name(number));
        Client client = new Client(instance(number), recorded);
        return new Registered(recorded.register(() -> engine.registerClient(client)), recorded);
    }

    /** Nobody owes anything, so it is complete at once. */
    private void end(Registered client) {
        client.recorder.deregister(() -> engine.deregisterClient(client.registration));
        NmrStatus status = client.recorder.await(
                () -> engine.waitForClientDeregisterComplete(client.registration, Duration.ZERO));
        assertThat(status).isEqualTo(NmrStatus.SUCCESS);
    }

    private void provider() {
        ModuleRecorder recorded = recorder.provider("npi", PROVIDER);
        recorded.register(() -> engine.registerProvider(new Provider(instance(0), recorded)));
    }

    @Test
    void whoIsThereThroughout_isSeenOnce_asItIs() {
        provider();
        Set<Long> staying = stay();
        List<Crew.Member<Integer>> readers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            readers.add(crew.start(() -> read(staying)));
        }
        Crew.Member<Void> one = crew.run(() -> comeAndGo());
        Crew.Member<Void> other = crew.run(() -> comeAndGo());
        one.join();
        other.join();
        done.set(true);
        readers.forEach(reader -> assertThat(reader.join()).as("readings").isPositive());
    }

    /** Every second one goes again, so that those who stay stand between gaps. */
    private Set<Long> stay() {
        List<Registered> going = new ArrayList<>();
        for (int i = 0; i < STAYING; i++) {
            client();
            going.add(client());
        }
        going.forEach(this::end);
        return engine.view().bindings().stream().map(BindingSnapshot::id).collect(Collectors.toSet());
    }

    private void comeAndGo() {
        List<Registered> here = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            here.add(client());
            if (here.size() > 20) {
                end(here.remove(i % here.size()));
            }
        }
        here.forEach(this::end);
    }

    private int read(Set<Long> staying) {
        int readings = 0;
        while (!done.get() || readings == 0) {
            List<BindingSnapshot> seen = engine.view().bindings();
            assertThat(seen).extracting(BindingSnapshot::id).doesNotHaveDuplicates().containsAll(staying);
            assertThat(engine.view().modules()).extracting(ModuleSnapshot::module).doesNotHaveDuplicates()
                    .hasSizeGreaterThan(STAYING);
            seen.stream().filter(binding -> staying.contains(binding.id())).forEach(binding ->
                    assertThat(binding.state()).isEqualTo(BindingState.ATTACHED));
            readings++;
        }
        return readings;
    }
}
