package io.nmr.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.nmr.api.AttachResult;
import io.nmr.api.NmrStatus;
import io.nmr.api.NpiId;
import io.nmr.api.runtime.RegistrarEvent.OfIncident.Kind;
import io.nmr.engine.spi.EffectKind;
import io.nmr.engine.spi.EffectTask;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Random modules that misbehave at random, on several threads: the history keeps its invariants. */
class StressTest {

    private static final int THREADS = 4;
    private static final int STEPS = 120;
    private static final int ALIVE_PER_THREAD = 4;
    private static final Set<Kind> PROVOKED = Set.of(Kind.CALLBACK_FAILED, Kind.PROTOCOL_ERROR);
    private static final Set<String> PROVOKED_RULES = Set.of("A5", "A10", "A11", "C1", "C2", "D9");

    private Rig rig;
    private ExecutorService completing;
    private NpiId[] npis;

    @ParameterizedTest
    @CsvSource({"INLINE, 12", "POOLED, 8", "REJECTING, 6", "OFFERS_INLINE, 6"})
    void randomModulesOnSeveralThreads(Performing performing, int rounds) throws InterruptedException {
        for (int round = 0; round < rounds; round++) {
            long seed = System.nanoTime();
            try {
                round(performing, seed);
            } catch (Throwable t) {
                throw new AssertionError(performing + " failed with seed " + seed, t);
            }
        }
    }

    /** How effects are performed. */
    enum Performing {
        INLINE,
        POOLED,
        REJECTING,
        OFFERS_INLINE
    }

    private BiConsumer<EffectTask, Runnable> executor(Performing performing, ExecutorService pool, long seed) {
        Random random = new Random(seed);
        return switch (performing) {
            case INLINE -> (effect, performance) -> performance.run();
            case POOLED -> (effect, performance) -> pool.execute(performance);
            case REJECTING -> (effect, performance) -> {
                if (random.nextInt(4) == 0) {
                    throw new IllegalStateException("rejected at random");
                }
                pool.execute(performance);
            };
            case OFFERS_INLINE -> (effect, performance) -> {
                if (effect.kind() == EffectKind.OFFER || random.nextBoolean()) {
                    performance.run();
                } else {
                    pool.execute(performance);
                }
            };
        };
    }

    private void round(Performing performing, long seed) throws InterruptedException {
        ExecutorService pool = Executors.newCachedThreadPool();
        completing = Executors.newFixedThreadPool(2);
        rig = new Rig(executor(performing, pool, seed), System::nanoTime);
        npis = new NpiId[] {rig.npi, new NpiId(new UUID(seed, seed))};
        for (int thread = 0; thread < THREADS; thread++) {
            Random random = new Random(seed + thread);
            rig.crew.run(() -> live(random));
        }
        rig.crew.join();
        for (RecordingModule module : rig.modules) {
            assertThat(rig.await(module)).as("wait for %s", module).isEqualTo(NmrStatus.SUCCESS);
        }
        end(completing);
        end(pool);
        rig.incidents.removeIf(incident -> incident.kind() == Kind.EFFECT_REJECTED
                || PROVOKED.contains(incident.kind()) && PROVOKED_RULES.contains(incident.rule()));
        rig.finish();
    }

    private static void end(ExecutorService executor) throws InterruptedException {
        executor.shutdown();
        assertThat(executor.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    }

    /** Registers and deregisters modules; leaves none registered. */
    private void live(Random random) {
        Deque<RecordingModule> alive = new ArrayDeque<>();
        for (int step = 0; step < STEPS; step++) {
            if (alive.size() < ALIVE_PER_THREAD && random.nextInt(3) > 0) {
                RecordingModule module = module(random, step);
                alive.add(module);
                rig.register(module);
            } else if (!alive.isEmpty()) {
                leave(alive.poll(), random);
            }
        }
        alive.forEach(module -> leave(module, random));
    }

    private void leave(RecordingModule module, Random random) {
        rig.deregister(module); // also where a callback is about to: a wait before that would be for nothing (C3)
        switch (random.nextInt(4)) {
            case 0 -> rig.await(module, Duration.ofNanos(random.nextInt(200_000)));
            case 1 -> assertThat(rig.await(module)).as("wait for %s", module).isEqualTo(NmrStatus.SUCCESS);
            case 2 -> module.registration.deregistration().thenAccept(status -> rig.history.recorder(module.registration).deregistered());
            default -> { }
        }
    }

    private RecordingModule module(Random random, int step) {
        NpiId npi = npis[random.nextInt(npis.length)];
        int behaviour = random.nextInt();
        RecordingModule module = random.nextBoolean()
                ? client("client " + step, npi, behaviour)
                : provider("provider " + step, npi, behaviour);
        module.onDetach = link -> detach(link, behaviour);
        module.onCleanup = link -> {
            if (Math.floorMod(behaviour, 11) == 0) {
                throw new IllegalStateException("cleanup at random");
            }
            reenter(link, behaviour);
        };
        return module;
    }

    private RecordingClient client(String name, NpiId npi, int behaviour) {
        RecordingClient client = rig.client(name, npi);
        client.onAttach = link -> {
            link.announce();
            return switch (Math.floorMod(behaviour, 8)) {
                case 0 -> NmrStatus.NOINTERFACE;
                case 1 -> throw new IllegalStateException("attach at random");
                case 2 -> {
                    link.attach();
                    throw new IllegalStateException("after attach at random");
                }
                case 3 -> link.attach().status().isSuccess() ? NmrStatus.NOINTERFACE : link.attach().status();
                default -> {
                    reenter(link, behaviour);
                    yield link.attach().status();
                }
            };
        };
        return client;
    }

    private RecordingProvider provider(String name, NpiId npi, int behaviour) {
        RecordingProvider provider = rig.provider(name, npi);
        provider.onAttach = link -> {
            link.announce();
            return switch (Math.floorMod(behaviour, 9)) {
                case 0 -> new AttachResult.Refused(NmrStatus.NOINTERFACE);
                case 1 -> throw new IllegalStateException("attachClient at random");
                case 2 -> null;
                default -> {
                    reenter(link, behaviour);
                    yield link.accept();
                }
            };
        };
        return provider;
    }

    private NmrStatus detach(Link link, int behaviour) {
        reenter(link, behaviour);
        return switch (Math.floorMod(behaviour >> 4, 6)) {
            case 0 -> {
                completing.execute(link::complete);
                yield NmrStatus.PENDING;
            }
            case 1 -> {
                link.complete();
                yield NmrStatus.PENDING;
            }
            case 2 -> {
                link.enter();
                completing.execute(link::exit);
                yield link.close();
            }
            case 3 -> {
                link.enter();
                completing.execute(link::exit);
                throw new IllegalStateException("detach at random");
            }
            case 4 -> null;
            default -> link.close();
        };
    }

    /** Some register a module for a moment, some deregister themselves, inside the callback. */
    private void reenter(Link link, int behaviour) {
        switch (Math.floorMod(behaviour >> 8, 12)) {
            case 0 -> {
                RecordingClient brief = rig.client("brief", npis[0]);
                brief.onAttach = offer -> NmrStatus.NOINTERFACE;
                rig.register(brief);
                rig.deregister(brief);
            }
            case 1 -> {
                if (!link.module.leaves) {
                    rig.deregister(link.module);
                }
            }
            default -> { }
        }
    }
}
