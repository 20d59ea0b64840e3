package io.nmr.typed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nmr.typed.Background.Task;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AttachedProvidersTest {

    @RegisterExtension
    final Background background = new Background();

    private final AttachedProviders<Lookup> providers = new AttachedProviders<>(ProviderChoice.newest());

    private static BindingContext<Lookup> provider(long number) {
        return Rig.bindingTo(number);
    }

    private BindingContext<Lookup> attach(long number) {
        BindingContext<Lookup> binding = provider(number);
        providers.attach(binding);
        return binding;
    }

    private static void end(AttachedProviders<Lookup> providers, BindingContext<Lookup> binding) {
        binding.cleanUp(Rig.OWN);
        providers.oneCleanedUp();
    }

    private Stream<BindingContext<Lookup>> detaching() {
        return providers.detaching().stream().filter(binding -> !binding.isCleanedUp());
    }

    @Test
    void anyChanges_leaveTheOrder() {
        Random random = new Random(17);
        List<BindingContext<Lookup>> attached = new ArrayList<>();
        List<BindingContext<Lookup>> detaching = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            switch (random.nextInt(5)) {
                case 0, 1 -> attached.add(0, attach(random.nextInt(4)));
                case 2, 3 -> {
                    if (!attached.isEmpty()) {
                        BindingContext<Lookup> leaves = attached.remove(random.nextInt(attached.size()));
                        detaching.add(leaves);
                        providers.detach(leaves);
                    }
                }
                default -> {
                    if (!detaching.isEmpty()) {
                        end(providers, detaching.remove(random.nextInt(detaching.size())));
                    }
                }
            }
            attached.sort((one, other) -> Long.compare(other.describe().number(), one.describe().number()));
            assertThat(providers.state().attached()).isEqualTo(attached);
            assertThat(detaching()).containsExactlyInAnyOrderElementsOf(detaching);
        }
    }

    @Test
    void bindingThatNeverWasAttached_changesNothing() {
        BindingContext<Lookup> one = attach(1);
        BindingContext<Lookup> never = provider(2);
        providers.detach(never);
        end(providers, never);
        assertThat(providers.state().attached()).containsExactly(one);
    }

    @Test
    void orderThatThrows_changesNothing() {
        AtomicBoolean throwing = new AtomicBoolean();
        AttachedProviders<Lookup> ordered = new AttachedProviders<>(ProviderChoice.by((one, other) -> {
            if (throwing.get()) {
                throw new IllegalStateException("no order today");
            }
            return 0;
        }));
        BindingContext<Lookup> one = provider(1);
        ordered.attach(one);
        throwing.set(true);
        assertThatThrownBy(() -> ordered.attach(provider(2))).hasMessage("no order today");
        assertThat(ordered.state().attached()).containsExactly(one);
    }

    /** The order is called with no lock held: it may change the bindings, and is called again. */
    @Test
    void bindingsThatChangeWhileTheOrderIsCalled_areOrderedAnew() {
        List<BindingContext<Lookup>> bindings =
                Stream.of(5L, 4L, 3L, 2L).map(AttachedProvidersTest::provider).toList();
        AtomicInteger calls = new AtomicInteger();
        List<AttachedProviders<Lookup>> self = new ArrayList<>();
        self.add(new AttachedProviders<>(ProviderChoice.by((one, other) -> {
            if (self.get(0).state().attached().size() == 4 && calls.getAndIncrement() == 1) {
                self.get(0).detach(bindings.get(1));
                end(self.get(0), bindings.get(1));
            }
            return Long.compare(other.number(), one.number());
        })));
        bindings.forEach(self.get(0)::attach);
        self.get(0).attach(provider(1));
        assertThat(self.get(0).state().attached().stream().map(each -> each.describe().number()))
                .containsExactly(5L, 3L, 2L, 1L);
    }

    /** Two threads attach and detach, one looks: a binding that stays is in each state, once and in order. */
    @Test
    void threadsThatChangeAndLook_agree() throws Exception {
        BindingContext<Lookup> highest = attach(9);
        BindingContext<Lookup> lowest = attach(0);
        AtomicBoolean over = new AtomicBoolean();
        List<Task<Integer>> changing = new ArrayList<>();
        for (int thread = 0; thread < 2; thread++) {
            Random random = new Random(thread);
            changing.add(background.start(() -> comeAndGo(random)));
        }
        Task<Integer> looking = background.start(() -> {
            int looks = 0;
            do {
                List<BindingContext<Lookup>> seen = providers.state().attached();
                assertThat(seen).startsWith(highest).endsWith(lowest).doesNotHaveDuplicates();
                looks++;
            } while (!over.get());
            return looks;
        });
        for (Task<Integer> task : changing) {
            task.get();
        }
        over.set(true);
        assertThat(looking.get()).isPositive();
        assertThat(providers.state().attached()).containsExactly(highest, lowest);
        assertThat(detaching()).isEmpty();
    }

    private int comeAndGo(Random random) {
        for (int round = 0; round < 2_000; round++) {
            List<BindingContext<Lookup>> mine = new ArrayList<>();
            for (int i = random.nextInt(6); i >= 0; i--) {
                mine.add(attach(1 + random.nextInt(8)));
            }
            Collections.shuffle(mine, random);
            mine.forEach(providers::detach);
            mine.forEach(binding -> end(providers, binding));
        }
        return 2_000;
    }
}
