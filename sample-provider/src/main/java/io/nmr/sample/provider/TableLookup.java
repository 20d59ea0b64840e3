package io.nmr.sample.provider;

import io.nmr.sample.npi.AddressBlock;
import io.nmr.sample.npi.AddressFamilies;
import io.nmr.sample.npi.AddressFamily;
import io.nmr.sample.npi.AddressLookup;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** The provider's dispatch table, shared by all of its bindings. */
final class TableLookup implements AddressLookup {

    private final AddressFamilies families;
    private final Duration delay;
    /** Holds null once stopped. */
    private final AtomicReference<PrefixTable> table;

    TableLookup(AddressFamilies families, Duration delay, PrefixTable table) {
        this.families = families;
        this.delay = delay;
        this.table = new AtomicReference<>(table);
    }

    @Override
    public Optional<AddressBlock> lookup(InetAddress address) {
        pause();
        return find(address);
    }

    /** The stage is minimal: no caller can complete or cancel it while the lookup is still to come (T4). */
    @Override
    public CompletionStage<Optional<AddressBlock>> lookupAsync(InetAddress address) {
        Executor later = CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS);
        return CompletableFuture.supplyAsync(() -> find(address), later).minimalCompletionStage();
    }

    /**
     * Goes on with another table.
     *
     * @return the families in which the two differ
     * @throws IllegalStateException once stopped
     */
    Set<AddressFamily> replace(PrefixTable fresh) {
        PrefixTable old = table.getAndUpdate(current -> current == null ? null : fresh);
        if (old == null) {
            throw new IllegalStateException("provider stopped");
        }
        return old.differences(fresh, families.families());
    }

    /** Frees the table. A lookup that is still in progress then fails. */
    void stop() {
        table.set(null);
    }

    /** Takes as long as a remote table would. An interrupt ends it early. */
    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(delay.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<AddressBlock> find(InetAddress address) {
        if (!families.serve(address)) {
            throw new IllegalArgumentException(
                    address.getHostAddress() + ": an address of " + families.families() + " expected");
        }
        PrefixTable current = table.get();
        if (current == null) {
            throw new IllegalStateException("provider stopped in the middle of a call: lookup of " + address.getHostAddress());
        }
        return current.find(address);
    }
}
