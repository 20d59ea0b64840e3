package io.nmr.shell;

import io.nmr.api.runtime.BundleRef;
import io.nmr.api.runtime.ModuleRef;
import io.nmr.api.runtime.RegistrarEvent;
import io.nmr.api.runtime.RegistrarListener;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Learns which clients refused, or were refused by, the providers of a bundle. */
final class Refusals implements RegistrarListener {

    private final BundleRef bundle;
    private final Set<Long> refused = ConcurrentHashMap.newKeySet();
    private final Semaphore news = new Semaphore(0);

    Refusals(BundleRef bundle) {
        this.bundle = bundle;
    }

    @Override
    public void event(RegistrarEvent event) {
        if (event instanceof RegistrarEvent.OfBinding binding && binding.provider().bundle().equals(bundle)) {
            if (binding.kind() == RegistrarEvent.OfBinding.Kind.REFUSED) {
                refused.add(binding.client().id());
            }
            news.release();
        }
    }

    /** Waits for something to happen to a binding of the bundle, but not for longer than that. */
    void await(Duration bound) throws InterruptedException {
        if (news.tryAcquire(bound.toNanos(), TimeUnit.NANOSECONDS)) {
            news.drainPermits();
        }
    }

    /** One of these clients that a refusal was about. */
    Optional<ModuleRef> among(List<ModuleRef> clients) {
        return clients.stream().filter(client -> refused.contains(client.id())).findFirst();
    }
}
