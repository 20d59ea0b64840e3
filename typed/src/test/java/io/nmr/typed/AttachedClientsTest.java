package io.nmr.typed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class AttachedClientsTest {

    private final AttachedClients<Lookup> clients = new AttachedClients<>();
    private final List<BindingContext<Lookup>> bindings =
            LongStream.range(0, 5).mapToObj(Rig::bindingTo).toList();

    AttachedClientsTest() {
        bindings.forEach(clients::add);
    }

    private void leave(int index) {
        bindings.get(index).leave(Rig.OWN);
        clients.oneLeft();
    }

    @Test
    void clientsThatLeave_areNotSeen_inWhateverOrderTheyLeave() {
        for (int leaves : new int[] {1, 0, 4, 3}) {
            leave(leaves);
            assertThat(clients.snapshot()).doesNotContain(bindings.get(leaves)).contains(bindings.get(2));
        }
        leave(2);
        assertThat(clients.snapshot()).isEmpty();
        clients.add(Rig.bindingTo(5));
        assertThat(clients.snapshot()).hasSize(1);
    }

    @Test
    void snapshot_doesNotChange() {
        List<BindingContext<Lookup>> seen = clients.snapshot();
        leave(0);
        assertThat(seen).isEqualTo(bindings);
    }
}
