package io.nmr.typed;

import static org.assertj.core.api.Assertions.assertThat;

import io.nmr.api.ModuleId;
import io.nmr.api.NpiId;
import io.nmr.api.RegistrationInstance;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The attached clients of a provider. */
class ClientsTest {

    private static final NpiId ID = NpiId.of("00000000-0000-0000-0000-000000000001");
    private static final ModuleId MODULE = ModuleId.of("00000000-0000-0000-0000-000000000002");
    private static final Profile OWN = new Profile(
            Npi.of(ID, "lookup", Lookup.class),
            Role.PROVIDER,
            new ModuleDescription(MODULE, 0, null),
            InstantSource.system());

    private final Clients<Void> clients = new Clients<>();
    private final List<ProviderSide<Void>> sides = IntStream.range(0, 4)
            .<ProviderSide<Void>>mapToObj(
                    number -> new CallingSide<>(OWN, RegistrationInstance.of(ID, MODULE, number, null)))
            .toList();

    @Test
    void eachThatIsRemoved_leavesTheOthers() {
        sides.forEach(clients::add);
        for (int first : new int[] {1, 0, 3}) {
            clients.remove(sides.get(first));
            assertThat(clients.now()).doesNotContain(sides.get(first)).contains(sides.get(2));
        }
        clients.remove(sides.get(2));
        assertThat(clients.now()).isEmpty();
    }

    @Test
    void oneThatIsNotThere_isNotRemoved() {
        clients.add(sides.get(0));
        clients.remove(sides.get(1));
        clients.add(sides.get(2));
        clients.remove(sides.get(0));
        clients.remove(sides.get(0));
        assertThat(clients.now()).containsExactly(sides.get(2));
    }

    @Test
    void whatIsSeenOnce_staysAsItWas() {
        sides.forEach(clients::add);
        List<ProviderSide<Void>> seen = clients.now();
        sides.forEach(clients::remove);
        assertThat(seen).containsExactlyInAnyOrderElementsOf(sides);
    }
}
