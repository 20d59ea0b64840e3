package io.nmr.engine;

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
import io.nmr.engine.spi.EffectTask;
import io.nmr.engine.spi.EngineSettings;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;

/**
 * For Lincheck: a client and a provider are registered and deregistered in any order, each more than once. The answers
 * are those of some order, the pair is offered at most once, and what was attached is detached and cleaned up once.
 */
public class RegistrationModel implements ClientCharacteristics, ProviderCharacteristics {

    private static final RegistrationInstance INSTANCE =
            RegistrationInstance.of(new NpiId(new UUID(0, 1)), new ModuleId.Guid(new UUID(0, 2)), 1, null);

    private final RegistrarEngine engine =
            new RegistrarEngine(new EngineSettings(EffectTask::run, incident -> { }, () -> 0));
    private final AtomicInteger offers = new AtomicInteger();
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger detaches = new AtomicInteger();
    private final AtomicInteger cleanups = new AtomicInteger();
    private volatile boolean clientRegistered;
    private volatile boolean providerRegistered;
    private final Registration client;
    private final Registration provider;

    /** Both prepared. */
    @SuppressWarnings("this-escape")
    public RegistrationModel() {
        client = engine.prepareClient(this, null);
        provider = engine.prepareProvider(this, null);
    }

    @Operation
    public boolean registerClient() {
        boolean registered = engine.register(client);
        clientRegistered |= registered;
        return registered;
    }

    @Operation
    public boolean registerProvider() {
        boolean registered = engine.register(provider);
        providerRegistered |= registered;
        return registered;
    }

    @Operation
    public boolean deregisterClient() {
        return engine.deregister(client).equals(NmrStatus.PENDING);
    }

    @Operation
    public boolean deregisterProvider() {
        return engine.deregister(provider).equals(NmrStatus.PENDING);
    }

    /** Ends what is left, and counts. */
    @Validate
    public void everythingEnded() {
        boolean clientStayed = deregisterClient();
        boolean providerStayed = deregisterProvider();
        require(isComplete(client) && isComplete(provider), "a deregistration that does not complete");
        require(offers.get() <= 1, "a pair offered " + offers + " times");
        require(detaches.get() == 2 * accepted.get(), detaches + " detaches of " + accepted + " bindings");
        require(cleanups.get() == 2 * accepted.get(), cleanups + " cleanups of " + accepted + " bindings");
        boolean bothStayed = clientRegistered && clientStayed && providerRegistered && providerStayed;
        require(!bothStayed || accepted.get() == 1, "a pair that is there and was not offered");
    }

    private static boolean isComplete(Registration registration) {
        return registration.deregistration().toCompletableFuture().isDone();
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }

    @Override
    public RegistrationInstance clientRegistrationInstance() {
        return INSTANCE;
    }

    @Override
    public RegistrationInstance providerRegistrationInstance() {
        return INSTANCE;
    }

    @Override
    public NmrStatus attachProvider(ClientBindingHandle handle, Object context, RegistrationInstance offered) {
        offers.incrementAndGet();
        return handle.attach(null, null).status();
    }

    @Override
    public AttachResult attachClient(
            ProviderBindingHandle handle,
            Object context,
            RegistrationInstance asking,
            Object clientBindingContext,
            Object clientDispatch) {
        accepted.incrementAndGet();
        return new AttachResult.Attached(null, this);
    }

    @Override
    public NmrStatus detachProvider(Object bindingContext) {
        detaches.incrementAndGet();
        return NmrStatus.SUCCESS;
    }

    @Override
    public NmrStatus detachClient(Object bindingContext) {
        detaches.incrementAndGet();
        return NmrStatus.SUCCESS;
    }

    @Override
    public void cleanupClientBindingContext(Object bindingContext) {
        cleanups.incrementAndGet();
    }

    @Override
    public void cleanupProviderBindingContext(Object bindingContext) {
        cleanups.incrementAndGet();
    }
}
