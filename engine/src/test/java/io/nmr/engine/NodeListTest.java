package io.nmr.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.nmr.api.ModuleId;
import io.nmr.api.NpiId;
import io.nmr.api.RegistrationInstance;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;

/** Reading a list while its nodes come and go: each moment at which a node can leave, on one thread. */
class NodeListTest {

    private final NodeList<Side> list = new NodeList<>();
    private final ClientModule client = new ClientModule(null, null, new Characteristics<>(null, instance(), null, null));
    private final ProviderModule provider =
            new ProviderModule(null, null, new Characteristics<>(null, instance(), null, null));

    private static RegistrationInstance instance() {
        return RegistrationInstance.of(new NpiId(new UUID(1, 1)), new ModuleId.Guid(new UUID(2, 2)), 0, null);
    }

    private Side node(long position) {
        return new Binding(position, client, provider).client();
    }

    private List<Side> filled(int size) {
        List<Side> nodes = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            nodes.add(node(i));
            list.add(nodes.get(i));
        }
        return nodes;
    }

    /** The positions shown, while {@code meanwhile} is called with each. */
    private List<Integer> seen(IntConsumer meanwhile) {
        List<Integer> seen = new ArrayList<>();
        list.forEachSeen(side -> {
            seen.add((int) side.position());
            meanwhile.accept((int) side.position());
        });
        return seen;
    }

    @Test
    void all_inTheirOrder() {
        assertThat(seen(at -> { })).isEmpty();
        filled(3);
        assertThat(seen(at -> { })).containsExactly(0, 1, 2);
        assertThat(list.sizeSeen()).isEqualTo(3);
    }

    @Test
    void theNodeThatIsShownLeaves_theOthersAreShownOnce() {
        for (int leaving = 0; leaving < 4; leaving++) {
            int one = leaving;
            NodeListTest fresh = new NodeListTest();
            List<Side> nodes = fresh.filled(4);
            assertThat(fresh.seen(at -> {
                if (at == one) {
                    fresh.list.remove(nodes.get(one));
                }
            })).containsExactly(0, 1, 2, 3);
        }
    }

    @Test
    void theNodeThatIsShownAndItsNeighboursLeave_theOthersAreShownOnce() {
        List<Side> nodes = filled(7);
        assertThat(seen(at -> {
            if (at == 3) {
                List.of(4, 3, 2, 0).forEach(i -> list.remove(nodes.get(i)));
            }
        })).containsExactly(0, 1, 2, 3, 5, 6);
    }

    @Test
    void everyNodeLeavesAsItIsShown_allAreShown() {
        List<Side> nodes = filled(5);
        assertThat(seen(at -> list.remove(nodes.get(at)))).containsExactly(0, 1, 2, 3, 4);
        assertThat(list.isEmpty()).isTrue();
        assertThat(seen(at -> { })).isEmpty();
    }

    @Test
    void allButTheFirstLeave_itIsShownOnce() {
        List<Side> nodes = filled(5);
        assertThat(seen(at -> {
            for (int i = 4; i > 0 && at == 0; i--) {
                list.remove(nodes.get(i));
            }
        })).containsExactly(0);
    }

    /** One that keeps coming must not keep a reader for ever. */
    @Test
    void nodesThatComeMeanwhile_areNotWaitedFor() {
        filled(2);
        assertThat(seen(at -> list.add(node(at + 10)))).containsExactly(0, 1);
        assertThat(list.size()).isEqualTo(4);
    }

    @Test
    void theLastLeavesAndAnotherComes_theReadingEnds() {
        List<Side> nodes = filled(3);
        assertThat(seen(at -> {
            if (at == 1) {
                list.remove(nodes.get(2));
                list.add(node(3));
            }
        })).containsExactly(0, 1);
    }

    /** A handle that a module keeps for ever must not keep what came after it. */
    @Test
    void R7_aNodeThatHasLeft_keepsNoOther() {
        Side left = node(0);
        list.add(left);
        List<WeakReference<Side>> later = new ArrayList<>();
        for (int i = 1; i < 10; i++) {
            NodeListTest other = new NodeListTest();
            Side node = other.node(i);
            list.add(node);
            later.add(new WeakReference<>(node));
        }
        list.remove(left);
        list.snapshot().forEach(list::remove);
        for (int attempt = 0; attempt < 200 && !later.isEmpty(); attempt++) {
            System.gc();
            later.removeIf(reference -> reference.refersTo(null));
        }
        assertThat(later).isEmpty();
        Reference.reachabilityFence(left);
    }
}
