package io.nmr.sample.client;

import io.nmr.api.ModuleId;
import io.nmr.api.NmrStatus;
import io.nmr.api.Registration;
import io.nmr.engine.RegistrarEngine;
import io.nmr.sample.npi.AddressBlock;
import io.nmr.sample.npi.AddressFamilies;
import io.nmr.sample.npi.AddressFamily;
import io.nmr.sample.npi.AddressLookup;
import io.nmr.sample.npi.GloballyReachable;
import io.nmr.sample.npi.LookupNpi;
import io.nmr.sample.npi.TableListener2;
import io.nmr.typed.NpiProvider;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** A provider at the engine that answers what a test says. */
final class FakeProvider implements AddressLookup {

    private static final ModuleId MODULE = ModuleId.of("00000000-0000-0000-0000-000000000001");

    final AtomicLong calls = new AtomicLong();
    final NpiProvider<TableListener2, AddressLookup> module;

    volatile Function<InetAddress, Optional<AddressBlock>> table = address -> Optional.of(block(address));
    volatile CompletableFuture<Optional<AddressBlock>> stage = new CompletableFuture<>();
    private final RegistrarEngine engine;
    private Registration registration;

    FakeProvider(RegistrarEngine engine, long number, AddressFamily... families) {
        this.engine = engine;
        module = NpiProvider.of(LookupNpi.NPI, MODULE, this)
                .withNumber(number)
                .withCharacteristics(new AddressFamilies(Set.of(families)));
    }

    static AddressBlock block(InetAddress address) {
        return new AddressBlock(address.getHostAddress() + "/32", "test", "RFC0", GloballyReachable.NO);
    }

    FakeProvider register() {
        registration = engine.registerProvider(module);
        return this;
    }

    /** Begins to; {@link #awaitGone} ends it. */
    FakeProvider deregister() {
        engine.deregister(registration);
        return this;
    }

    boolean isGone() {
        return registration.deregistration().toCompletableFuture().isDone();
    }

    void awaitGone() {
        if (!engine.drain(Map.of(registration, Duration.ofSeconds(20)), passed -> Duration.ZERO).equals(NmrStatus.SUCCESS)) {
            throw new AssertionError("calls in progress did not end");
        }
    }

    @Override
    public Optional<AddressBlock> lookup(InetAddress address) {
        calls.incrementAndGet();
        return table.apply(address);
    }

    @Override
    public CompletionStage<Optional<AddressBlock>> lookupAsync(InetAddress address) {
        calls.incrementAndGet();
        return stage;
    }
}
