package io.nmr.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.nmr.api.CallChain;
import io.nmr.api.NpiId;
import io.nmr.api.runtime.BindingSnapshot;
import io.nmr.engine.view.Caller;
import io.nmr.engine.view.Load;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Whose calls keep a binding from ending, and how many there are; and the order in which bindings are shown. */
class CallersTest extends EngineTest {

    private RecordingClient client;
    private RecordingProvider provider;

    private void attachedWithGates() {
        client = rig.client("client");
        provider = rig.provider("provider");
        attachedWithGates(client, provider);
    }

    private List<Caller> callers() {
        return rig.engine.view().callers(List.of(client.registration));
    }

    private Load load(RecordingModule... modules) {
        return rig.engine.view().load(List.of(modules).stream()
                .map(module -> module.registration)
                .collect(Collectors.toSet()));
    }

    @Test
    void O3_callers_areThoseWhoKeepASideFromItsDetach() {
        attachedWithGates();
        CallChain.enter(client.link().gate.gate());
        try {
            assertThat(callers()).as("nobody leaves").isEmpty();
            rig.deregister(client);
            assertThat(callers()).singleElement().satisfies(caller -> {
                assertThat(caller.binding()).isEqualTo(client.link().binding().id());
                assertThat(caller.module().bundle().symbolicName()).isEqualTo("client");
                assertThat(caller.thread()).isSameAs(Thread.currentThread());
            });
        } finally {
            CallChain.exit(client.link().gate.gate());
        }
        assertThat(callers()).as("it has ended").isEmpty();
    }

    @Test
    void O3_callers_ofASideWithoutAGate_areNotKnown() {
        client = rig.client("client");
        client.pend();
        attached(client, rig.provider("provider"));
        rig.deregister(client);
        assertThat(callers()).isEmpty();
        client.link().complete();
    }

    @Test
    void load_countsEachBindingOnce_andTheCallsOfBothSides() {
        attachedWithGates();
        RecordingProvider second = rig.register(rig.provider("second"));
        client.allLinks().get(0).enter();
        client.allLinks().get(0).enter();
        provider.link().enter();

        assertThat(load(client)).isEqualTo(new Load(1, 2, 3));
        assertThat(load(provider)).isEqualTo(new Load(1, 1, 3));
        assertThat(load(second)).isEqualTo(new Load(1, 1, 0));
        assertThat(load(client, provider, second)).isEqualTo(new Load(3, 2, 3));
        assertThat(load()).isEqualTo(new Load(0, 0, 0));

        client.allLinks().get(0).exit();
        client.allLinks().get(0).exit();
        provider.link().exit();
        rig.deregisterAndWait(client);
        assertThat(load(client)).isEqualTo(new Load(1, 0, 0));
    }

    @Test
    void bindingsOfManyNpis_areInTheOrderOfTheirNumbers() {
        for (int i = 0; i < 20; i++) {
            NpiId npi = new NpiId(new UUID(0, 1_000_003L * (20 - i)));
            rig.registerAll(rig.client("client " + i, npi), rig.provider("provider " + i, npi));
        }
        assertThat(rig.engine.view().bindings()).extracting(BindingSnapshot::id).isSorted().hasSize(20);
        assertThat(rig.engine.view().modules()).extracting(module -> module.module().id()).isSorted().hasSize(40);
    }
}
