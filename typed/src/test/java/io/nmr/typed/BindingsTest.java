package io.nmr.typed;

import static java.util.Comparator.comparingLong;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nmr.api.ModuleId;
import io.nmr.api.NpiId;
import io.nmr.api.RegistrationInstance;
import io.nmr.typed.Background.Task;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The bindings of a client, and the order in which they are asked. */
class BindingsTest {

    private static final NpiId ID = NpiId.of("00000000-0000-0000-0000-000000000001");
    private static final ModuleId MODULE = ModuleId.of("00000000-0000-0000-0000-000000000002");
    private static final Profile OWN = new Profile(
            Npi.of(ID, "lookup", Lookup.class),
            Role.CLIENT,
            new ModuleDescription(MODULE, 0, null),
            InstantSource.system());

    @RegisterExtension
    final Background background = new Background();

    private final Bindings<Lookup> bindings = new Bindings<>(ProviderChoice.newest());

    private static ClientSide<Lookup> side(long number) {
        return new ClientSide<>(OWN, RegistrationInstance.of(ID, MODULE, number, null));
    }

    private ClientSide<Lookup> attach(long number) {
        ClientSide<Lookup> side = side(number);
        bindings.attached(side);
        return side;
    }

    private static void leave(Bindings<Lookup> bindings, ClientSide<Lookup> side) {
        side.leave();
        bindings.detaching();
    }

    private static void end(Bindings<Lookup> bindings, ClientSide<Lookup> side) {
        side.cleanUp();
        bindings.gone();
    }

    /** What the order asks for, done the plain way: in front of the first that does not come before it. */
    private static void insert(List<ClientSide<Lookup>> list, ClientSide<Lookup> side, Comparator<ModuleDescription> order) {
        int place = 0;
        while (place < list.size() && order.compare(list.get(place).describe(), side.describe()) < 0) {
            place++;
        }
        list.add(place, side);
    }

    @Test
    void anyChanges_withAndWithoutALookBetween_leaveTheOrder() {
        Random random = new Random(17);
        List<ClientSide<Lookup>> attached = new ArrayList<>();
        List<ClientSide<Lookup>> detaching = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            switch (random.nextInt(7)) {
                case 0, 1 -> insert(attached, attach(random.nextInt(4)), comparingLong(m -> -m.number()));
                case 2 -> assertSeen(attached, detaching);
                case 3, 4 -> move(attached, detaching, random);
                default -> endOne(detaching, random);
            }
        }
        assertSeen(attached, detaching);
        while (!attached.isEmpty()) {
            move(attached, detaching, random);
        }
        while (!detaching.isEmpty()) {
            endOne(detaching, random);
        }
        assertSeen(attached, detaching);
    }

    private void assertSeen(List<ClientSide<Lookup>> attached, List<ClientSide<Lookup>> detaching) {
        assertThat(bindings.state().attached()).isEqualTo(attached);
        assertThat(bindings.state().detaching()).containsExactlyInAnyOrderElementsOf(detaching);
    }

    private void move(List<ClientSide<Lookup>> attached, List<ClientSide<Lookup>> detaching, Random random) {
        if (!attached.isEmpty()) {
            ClientSide<Lookup> side = attached.remove(random.nextInt(attached.size()));
            leave(bindings, side);
            detaching.add(side);
        }
    }

    private void endOne(List<ClientSide<Lookup>> detaching, Random random) {
        if (!detaching.isEmpty()) {
            end(bindings, detaching.remove(random.nextInt(detaching.size())));
        }
    }

    @Test
    void whileNothingChanges_theStateIsTheSame() {
        attach(1);
        assertThat(bindings.state()).isSameAs(bindings.state());
    }

    @Test
    void oneThatNeverWasAttached_changesNothingOfTheOthers() {
        ClientSide<Lookup> one = attach(1);
        ClientSide<Lookup> never = side(2);
        leave(bindings, never);
        end(bindings, never);
        assertThat(bindings.state().attached()).containsExactly(one);
        assertThat(bindings.state().detaching()).isEmpty();
    }

    @Test
    void orderThatThrows_leavesEverythingAsItWas() {
        AtomicBoolean throwing = new AtomicBoolean();
        Bindings<Lookup> ordered = new Bindings<>(ProviderChoice.by((one, other) -> {
            if (throwing.get()) {
                throw new IllegalStateException("no order today");
            }
            return 0;
        }));
        ClientSide<Lookup> one = side(1);
        ordered.attached(one);
        throwing.set(true);
        assertThatThrownBy(() -> ordered.attached(side(2))).hasMessage("no order today");
        assertThat(ordered.state().attached()).containsExactly(one);
    }

    /** The order is asked with no lock held: it may change the bindings, and is asked again. */
    @Test
    void bindingsThatChangeWhileTheOrderIsAsked_areAskedForAgain() {
        List<ClientSide<Lookup>> sides = Stream.of(5L, 4L, 3L, 2L).map(BindingsTest::side).toList();
        AtomicInteger asked = new AtomicInteger();
        List<Bindings<Lookup>> its = new ArrayList<>();
        its.add(new Bindings<>(ProviderChoice.by((one, other) -> {
            if (its.get(0).state().attached().size() == 4 && asked.getAndIncrement() == 1) {
                leave(its.get(0), sides.get(1));
                end(its.get(0), sides.get(1));
            }
            return Long.compare(other.number(), one.number());
        })));
        sides.forEach(its.get(0)::attached);
        its.get(0).attached(side(1));
        assertThat(its.get(0).state().attached().stream().map(each -> each.describe().number()))
                .containsExactly(5L, 3L, 2L, 1L);
    }

    /** Two threads attach and detach, one looks: whoever is attached throughout is in each state, once and in order. */
    @Test
    void threadsThatChangeAndLook_agree() throws Exception {
        ClientSide<Lookup> highest = attach(9);
        ClientSide<Lookup> lowest = attach(0);
        AtomicBoolean over = new AtomicBoolean();
        List<Task<Integer>> changing = new ArrayList<>();
        for (int thread = 0; thread < 2; thread++) {
            Random random = new Random(thread);
            changing.add(background.start(() -> comeAndGo(random)));
        }
        Task<Integer> looking = background.start(() -> {
            int looks = 0;
            while (!over.get()) {
                List<ClientSide<Lookup>> seen = bindings.state().attached();
                assertThat(seen).startsWith(highest).endsWith(lowest).doesNotHaveDuplicates();
                looks++;
            }
            return looks;
        });
        for (Task<Integer> task : changing) {
            task.get();
        }
        over.set(true);
        assertThat(looking.get()).isPositive();
        assertThat(bindings.state().attached()).containsExactly(highest, lowest);
        assertThat(bindings.state().detaching()).isEmpty();
    }

    private int comeAndGo(Random random) {
        for (int round = 0; round < 2_000; round++) {
            List<ClientSide<Lookup>> mine = new ArrayList<>();
            for (int i = random.nextInt(6); i >= 0; i--) {
                mine.add(attach(1 + random.nextInt(8)));
            }
            Collections.shuffle(mine, random);
            mine.forEach(side -> leave(bindings, side));
            mine.forEach(side -> end(bindings, side));
        }
        return 2_000;
    }
}
