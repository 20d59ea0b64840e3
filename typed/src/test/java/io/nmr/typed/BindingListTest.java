package io.nmr.typed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BindingListTest {

    private final BindingList<Lookup> list = new BindingList<>();
    private final List<BindingContext<Lookup>> bindings =
            LongStream.range(0, 5).mapToObj(Rig::bindingTo).toList();

    BindingListTest() {
        bindings.forEach(list::add);
    }

    private void cleanUp(int index) {
        bindings.get(index).cleanUp(Rig.OWN);
        list.oneCleanedUp();
    }

    @Test
    void bindingsThatAreCleanedUp_areRemovedOnceTheyAreHalfOfTheList() {
        cleanUp(1);
        cleanUp(0);
        assertThat(list.snapshot()).isEqualTo(bindings);
        cleanUp(4);
        assertThat(list.snapshot()).containsExactly(bindings.get(2), bindings.get(3));
        cleanUp(3);
        assertThat(list.snapshot()).containsExactly(bindings.get(2));
        cleanUp(2);
        assertThat(list.snapshot()).isEmpty();
    }

    @Test
    void snapshot_doesNotChange() {
        List<BindingContext<Lookup>> seen = list.snapshot();
        list.add(Rig.bindingTo(5));
        assertThat(seen).isEqualTo(bindings);
    }
}
