package io.nmr.typed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nmr.api.NpiId;
import io.nmr.typed.Background.Task;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.RegisterExtension;

class PatienceTest {

    @RegisterExtension
    final Rig rig = new Rig();

    @RegisterExtension
    final Background background = new Background();

    private final NpiClient<Void, Lookup> client = rig.client().withPatience(Duration.ofSeconds(30));

    private String find() throws Exception {
        return client.call(lookup -> lookup.find("key"));
    }

    @Test
    void waits_forAProviderToAttach() throws Exception {
        rig.register(client);
        Task<String> call = background.start(this::find);
        Rig.await(() -> client.providers.waiting() == 1);
        rig.register(rig.provider(1));

        assertThat(call.get()).isEqualTo("key of 1");
    }

    @Test
    void waits_overAnUpdateInPlace() throws Exception {
        rig.register(client);
        var old = rig.register(rig.provider(1));
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Task<String> before = background.start(() -> client.call(lookup -> {
            inside.countDown();
            goOn.await();
            return lookup.find("key");
        }));
        inside.await();
        assertThat(rig.goes(old)).isFalse();
        Task<String> inBetween = background.start(this::find);
        Rig.await(() -> client.providers.waiting() == 1);
        goOn.countDown();
        rig.awaitGone(old);
        rig.register(rig.provider(2));

        assertThat(before.get()).isEqualTo("key of 1");
        assertThat(inBetween.get()).isEqualTo("key of 2");
    }

    @Test
    void waits_forOneThatSatisfiesThePredicate() throws Exception {
        rig.register(client);
        Task<String> call =
                background.start(() -> client.where(module -> module.number() == 2).call(lookup -> lookup.find("key")));
        Rig.await(() -> client.providers.waiting() == 1);
        rig.register(rig.provider(1));
        Rig.await(() -> client.providers.waiting() == 1);
        assertThat(call.result().isDone()).isFalse();
        rig.register(rig.provider(2));

        assertThat(call.get()).isEqualTo("key of 2");
    }

    @Test
    void waits_noLongerThanItsBound() {
        rig.register(client);

        assertThatThrownBy(() -> client.waiting(Duration.ofMillis(20)).run(lookup -> { }))
                .isInstanceOf(NoProviderException.class)
                .hasMessageContaining("within PT0.02S");
        assertThatThrownBy(() -> client.waiting(Duration.ofSeconds(-1)).run(lookup -> { }))
                .isInstanceOf(NoProviderException.class);
    }

    @Test
    void waits_asLongAsThereIs() throws Exception {
        rig.register(client);
        Task<Long> call = background.start(
                () -> client.waiting(Duration.ofSeconds(Long.MAX_VALUE)).call((lookup, module) -> module.number()));
        Rig.await(() -> client.providers.waiting() == 1);
        rig.register(rig.provider(1));

        assertThat(call.get()).isEqualTo(1);
    }

    @Test
    void interrupted_failsAndStaysInterrupted() throws Exception {
        rig.register(client);
        Task<Boolean> call = background.start(() -> {
            assertThatThrownBy(this::find).isInstanceOf(NoProviderException.class).hasMessageContaining("interrupted");
            return Thread.interrupted();
        });
        Rig.await(() -> client.providers.waiting() == 1);
        call.thread().interrupt();

        assertThat(call.get()).isTrue();
    }

    /** Otherwise the stop of the client's bundle waits for a provider that may never come. */
    @Test
    void D1_clientDeregisters_releasesItsWaitersAtOnce() throws Exception {
        var registration = rig.register(client);
        List<Task<String>> calls = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            calls.add(background.start(this::find));
        }
        Rig.await(() -> client.providers.waiting() == 3);
        assertThat(rig.goes(registration)).isTrue();

        for (Task<String> call : calls) {
            assertThatThrownBy(call::get)
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOf(NoProviderException.class)
                    .hasMessageContaining("is being deregistered");
        }
        assertThatThrownBy(this::find).isInstanceOf(NoProviderException.class);
    }

    @Test
    void D1_clientDeregistersWhileItsProviderDetaches_releasesItsWaiters() throws Exception {
        var registration = rig.register(client);
        var provider = rig.register(rig.provider(1));
        CountDownLatch goOn = new CountDownLatch(1);
        CountDownLatch inside = new CountDownLatch(1);
        Task<Void> holder = background.start(() -> client.call(lookup -> {
            inside.countDown();
            goOn.await();
            return null;
        }));
        inside.await();
        rig.goes(provider);
        Task<String> waiter = background.start(this::find);
        Rig.await(() -> client.providers.waiting() == 1);
        rig.goes(registration);

        assertThatThrownBy(waiter::get).hasCauseInstanceOf(NoProviderException.class);
        goOn.countDown();
        holder.get();
        rig.awaitGone(registration);
    }

    /** A call of the front provider waits for a provider of the back client. Both modules are of one bundle and go together. */
    @Test
    void D1_waiterInsideAnotherModulesCall_doesNotHoldTheStopOfBoth() throws Exception {
        Npi<Void, Lookup> frontNpi = Npi.of(
                NpiId.of("00000000-0000-0000-0000-00000000000f"), "front", Lookup.class);
        var front = rig.register(NpiProvider.of(frontNpi, Rig.PROVIDER, key -> client.call(back -> back.find(key))));
        var back = rig.register(client);
        NpiClient<Void, Lookup> user = NpiClient.of(frontNpi, Rig.CLIENT);
        rig.register(user);
        Task<String> call = background.start(() -> user.call(lookup -> lookup.find("key")));
        Rig.await(() -> client.providers.waiting() == 1);
        rig.engine.deregisterAll(List.of(front, back));

        rig.awaitGone(front);
        rig.awaitGone(back);
        assertThatThrownBy(call::get).hasCauseInstanceOf(NoProviderException.class);
    }

    @Test
    void O4_publishedAgain_waitsAgain() throws Exception {
        rig.goes(rig.register(client));
        rig.register(client);
        Task<String> call = background.start(this::find);
        Rig.await(() -> client.providers.waiting() == 1);
        rig.register(rig.provider(1));

        assertThat(call.get()).isEqualTo("key of 1");
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void virtualThreads_waitAndCall() throws Exception {
        rig.register(client);
        AtomicReference<Object> found = new AtomicReference<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            threads.add(startVirtual(() -> found.set(client.call((lookup, module) -> module.number()))));
        }
        Rig.await(() -> client.providers.waiting() == 100);
        rig.register(rig.provider(1));
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(found).hasValue(1L);
    }

    /** By name: this is compiled for Java 17. */
    private static Thread startVirtual(Runnable work) throws Exception {
        try {
            return (Thread) MethodHandles.publicLookup()
                    .findStatic(Thread.class, "startVirtualThread", MethodType.methodType(Thread.class, Runnable.class))
                    .invoke(work);
        } catch (Throwable t) {
            throw new IllegalStateException(t);
        }
    }
}
