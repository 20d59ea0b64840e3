package io.nmr.sample.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.nmr.api.AttachResult;
import io.nmr.api.AttachResult.Attached;
import io.nmr.api.AttachResult.Refused;
import io.nmr.api.CallGate;
import io.nmr.api.ModuleId;
import io.nmr.api.NmrStatus;
import io.nmr.api.ProviderBindingHandle;
import io.nmr.api.RegistrationInstance;
import io.nmr.sample.npi.AddressFamily;
import io.nmr.sample.npi.LookupNpi;
import io.nmr.sample.npi.TableListener;
import io.nmr.sample.npi.TableListener2;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LookupProviderTest {

    private static final RegistrationInstance CLIENT = RegistrationInstance.of(
            LookupNpi.ID, ModuleId.of("00000000-0000-0000-0000-000000000001"), 1, null);
    private static final Set<AddressFamily> IPV4 = Set.of(AddressFamily.IPV4);

    @TempDir
    private Path folder;

    private final TableSource shipped = new TableSource(Tables.IPV4_ONLY, Optional.empty());
    private final TableLookup lookup = new TableLookup(shipped.families(), Duration.ZERO, shipped.shipped());
    private final LookupProvider one = new LookupProvider(1, shipped.families(), lookup);
    private final LookupProvider two = new LookupProvider(2, shipped.families(), lookup);
    private final Handle handle = new Handle();
    private final List<Object> changes = new ArrayList<>();
    private final TableListener version1 = () -> changes.add("something");
    private final TableListener2 version2 = changes::add;

    LookupProviderTest() throws IOException {}

    @Test
    void R4_registrationInstance_isComplete() {
        RegistrationInstance instance = two.providerRegistrationInstance();

        assertThat(instance.version()).isZero();
        assertThat(instance.npiId()).isEqualTo(LookupNpi.ID);
        assertThat(instance.moduleId()).isNotNull();
        assertThat(instance.number()).isEqualTo(2);
        assertThat(instance.npiSpecificCharacteristics()).isEqualTo(shipped.families());
    }

    @Test
    void A5_accepts_withItsContextAndDispatch() {
        Attached attached = (Attached) attach(one, version1);

        assertThat(attached.bindingContext()).isNotNull();
        assertThat(attached.dispatch()).isSameAs(lookup);
    }

    @Test
    void A6_implementation1_refusesDispatchVersion2() {
        assertThat(attach(one, version2)).isEqualTo(new Refused(NmrStatus.NOINTERFACE));
        assertThat(handle.announced).isNull();
        assertThat(attach(one, version1)).isInstanceOf(Attached.class);
    }

    @Test
    void A6_implementation2_takesBoth() {
        assertThat(attach(two, version2)).isInstanceOf(Attached.class);
        assertThat(attach(two, version1)).isInstanceOf(Attached.class);
    }

    @Test
    void A5_noOrStrangeDispatch_isRefused() {
        assertThat(attach(two, null)).isEqualTo(new Refused(NmrStatus.NOINTERFACE));
        assertThat(attach(two, "dispatch")).isEqualTo(new Refused(NmrStatus.NOINTERFACE));
    }

    @Test
    void tableChanged_tellsEachVersionWhatItCanTake() {
        attach(two, version1);
        two.tableChanged(IPV4);
        attach(one, version1);
        attach(two, version2);
        two.tableChanged(IPV4);

        assertThat(changes).containsExactlyInAnyOrder("something", "something", IPV4);
    }

    @Test
    void tableChanged_clientThatThrows_keepsNoOtherFromBeingTold() {
        TableListener2 broken = families -> {
            throw new IllegalStateException("broken");
        };
        attach(two, broken);
        CallGate gate = handle.announced.gate();
        attach(two, version2);
        two.tableChanged(IPV4);

        assertThat(changes).containsExactly(IPV4);
        assertThat(gate.inProgress()).isZero();
    }

    @Test
    void D3_afterDetach_tellsNothing() {
        Attached attached = (Attached) attach(two, version2);

        assertThat(two.detachClient(attached.bindingContext())).isEqualTo(NmrStatus.SUCCESS);
        two.tableChanged(IPV4);
        assertThat(changes).isEmpty();
        assertThat(handle.completions).hasValue(0);
    }

    /** The client's callback is where a call of the provider's is in progress: detach from there. */
    @Test
    void D5_detachDuringTableChanged_answersPendingAndCompletesOnce() {
        List<NmrStatus> answers = new ArrayList<>();
        Object[] context = new Object[1];
        TableListener2 listener = families -> {
            answers.add(two.detachClient(context[0]));
            assertThat(handle.completions).hasValue(0);
        };
        context[0] = ((Attached) attach(two, listener)).bindingContext();
        two.tableChanged(IPV4);

        assertThat(answers).containsExactly(NmrStatus.PENDING);
        assertThat(handle.completions).hasValue(1);
    }

    @Test
    void reload_tellsClientsOnlyIfTheTableChanged() throws IOException {
        Path file = folder.resolve("mine.csv");
        TableSource source = new TableSource(Tables.IPV4_ONLY, Optional.of(file));
        ReloadCommand command = new ReloadCommand(source, lookup, two);
        attach(two, version2);
        Files.writeString(file, "prefix,name,rfc,globally reachable\n8.8.8.0/24,Mine,none,True\n");
        command.reload();
        command.reload();

        assertThat(changes).containsExactly(IPV4);
        assertThat(lookup.lookup(AddressFamily.parse("8.8.8.8").orElseThrow())).isPresent();
    }

    private AttachResult attach(LookupProvider provider, Object dispatch) {
        return provider.attachClient(handle, null, CLIENT, null, dispatch);
    }

    private static final class Handle implements ProviderBindingHandle {

        private final AtomicInteger completions = new AtomicInteger();
        private CallGate.Closer announced;

        @Override
        public void announce(CallGate.Closer gate) {
            announced = gate;
        }

        @Override
        public void detachComplete() {
            completions.incrementAndGet();
        }
    }
}
