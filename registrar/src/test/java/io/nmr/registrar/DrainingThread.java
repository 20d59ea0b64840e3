package io.nmr.registrar;

import io.nmr.api.AttachResult;
import io.nmr.api.ClientBindingHandle;
import io.nmr.api.ClientCharacteristics;
import io.nmr.api.ModuleId;
import io.nmr.api.NmrStatus;
import io.nmr.api.NpiId;
import io.nmr.api.ProviderBindingHandle;
import io.nmr.api.ProviderCharacteristics;
import io.nmr.api.Registration;
import io.nmr.api.RegistrationInstance;
import io.nmr.engine.RegistrarEngine;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** A thread in a drain that does not end before {@link #close}: a client answers that calls are in progress. */
final class DrainingThread implements AutoCloseable {

    private final RegistrarEngine engine = new RegistrarEngine();
    private final RegistrationInstance instance = RegistrationInstance.of(
            new NpiId(UUID.randomUUID()), new ModuleId.Guid(UUID.randomUUID()), 1, null);
    private final Client client = new Client(instance);
    private final Registration provider;
    private final Thread thread;

    private static final class Client implements ClientCharacteristics {

        private final RegistrationInstance instance;
        private ClientBindingHandle handle;

        Client(RegistrationInstance instance) {
            this.instance = instance;
        }

        @Override
        public RegistrationInstance clientRegistrationInstance() {
            return instance;
        }

        @Override
        public NmrStatus attachProvider(ClientBindingHandle handle, Object context, RegistrationInstance provider) {
            this.handle = handle;
            return handle.attach(null, null).status();
        }

        @Override
        public NmrStatus detachProvider(Object bindingContext) {
            return NmrStatus.PENDING;
        }
    }

    private record Provider(RegistrationInstance providerRegistrationInstance) implements ProviderCharacteristics {

        @Override
        public AttachResult attachClient(
                ProviderBindingHandle handle,
                Object context,
                RegistrationInstance client,
                Object clientContext,
                Object clientDispatch) {
            return new AttachResult.Attached(null, "dispatch");
        }

        @Override
        public NmrStatus detachClient(Object bindingContext) {
            return NmrStatus.SUCCESS;
        }
    }

    private DrainingThread(Consumer<Runnable> around) {
        engine.registerClient(client);
        provider = engine.registerProvider(new Provider(instance));
        thread = new Thread(() -> around.accept(this::drain), "draining");
        thread.start();
        ObstaclesTest.await(() -> engine.view().idleWait(thread) != 0);
    }

    static DrainingThread holding(ReentrantLock lock) {
        return new DrainingThread(drain -> {
            lock.lock();
            try {
                drain.run();
            } finally {
                lock.unlock();
            }
        });
    }

    static DrainingThread inside(Object monitor) {
        return new DrainingThread(drain -> {
            synchronized (monitor) {
                drain.run();
            }
        });
    }

    private void drain() {
        engine.drain(Map.of(provider, Duration.ofMinutes(1)), passed -> Duration.ZERO);
    }

    /** What keeps {@code caller} from going on and is held by this thread. */
    Optional<String> obstacleFor(Thread caller) {
        return new Obstacles(engine.view()::idleWait).between(caller, thread);
    }

    Thread thread() {
        return thread;
    }

    @Override
    public void close() throws InterruptedException {
        client.handle.detachComplete();
        thread.join();
    }
}
