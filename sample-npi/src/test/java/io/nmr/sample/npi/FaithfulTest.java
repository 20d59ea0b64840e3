package io.nmr.sample.npi;

import static io.nmr.sample.npi.AddressFamily.IPV4;
import static io.nmr.sample.npi.AddressFamily.IPV6;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.nmr.api.ModuleId;
import io.nmr.api.NmrStatus;
import io.nmr.api.Registration;
import io.nmr.engine.RegistrarEngine;
import io.nmr.engine.spi.EffectTask;
import io.nmr.engine.spi.EngineSettings;
import io.nmr.engine.spi.Incident;
import io.nmr.typed.NpiClient;
import io.nmr.typed.NpiProvider;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The faithful API by example, with each other and with typed modules: neither knows which the other is. */
@Timeout(30)
class FaithfulTest {

    private static final ModuleId OTHER = ModuleId.of("00000000-0000-0000-0000-0000000000f0");
    private static final InetAddress V4 = AddressFamily.parse("10.0.0.1").orElseThrow();
    private static final InetAddress V6 = AddressFamily.parse("::1").orElseThrow();
    private static final AddressFamilies FAMILIES = new AddressFamilies(Set.of(IPV4));

    private final List<Incident> incidents = new CopyOnWriteArrayList<>();
    private final RegistrarEngine engine =
            new RegistrarEngine(new EngineSettings(EffectTask::run, incidents::add, System::nanoTime));
    private final List<Object> changes = new ArrayList<>();
    private final FaithfulClient client = new FaithfulClient(changes::add);
    private final FaithfulProvider provider = new FaithfulProvider(1, FAMILIES, lookup(FaithfulTest::block));

    @AfterEach
    void noIncident() {
        assertThat(incidents).isEmpty();
    }

    @Test
    void npi_isTrackedByGuards() {
        assertThat(LookupNpi.NPI.usesProxies()).isFalse();
        assertThat(LookupNpi.NPI.id()).isEqualTo(LookupNpi.ID);
    }

    @Test
    void faithfulWithFaithful() {
        engine.registerClient(client);
        Registration registration = engine.registerProvider(provider);
        provider.tableChanged(Set.of(IPV4));

        assertThat(client.lookup(V4)).contains(block(V4));
        assertThatIllegalStateException().isThrownBy(() -> client.lookup(V6));
        assertThat(changes).containsExactly(Set.of(IPV4));
        deregister(registration);
        assertThatIllegalStateException().isThrownBy(() -> client.lookup(V4));
        provider.tableChanged(Set.of(IPV4));
        assertThat(changes).hasSize(1);
    }

    @Test
    void D5_lookupInProgress_deregistrationWaitsForIt() throws Exception {
        CountDownLatch called = new CountDownLatch(1);
        CompletableFuture<Optional<AddressBlock>> result = new CompletableFuture<>();
        engine.registerClient(client);
        Registration registration = engine.registerProvider(new FaithfulProvider(1, FAMILIES, lookup(address -> {
            called.countDown();
            return result.join().orElseThrow();
        })));
        CompletableFuture<Optional<AddressBlock>> call = CompletableFuture.supplyAsync(() -> client.lookup(V4));
        called.await();
        engine.deregister(registration);

        assertThat(registration.deregistration().toCompletableFuture()).isNotDone();
        result.complete(Optional.of(block(V4)));
        assertThat(call.get()).contains(block(V4));
        await(registration);
    }

    @Test
    void A6_faithfulClient_attachesToATypedProviderOfVersion1() {
        NpiProvider<TableListener2, AddressLookup> typed = NpiProvider.of(LookupNpi.NPI, OTHER, lookup(FaithfulTest::block))
                .withCharacteristics(FAMILIES)
                .withClientVersions(TableListener.class);
        engine.registerProvider(typed);
        engine.registerClient(client);
        typed.forEachClient(listener -> listener.tableChanged(Set.of(IPV6)));

        assertThat(client.lookup(V4)).contains(block(V4));
        assertThat(changes).as("what the provider serves, for want of more").containsExactly(Set.of(IPV4));
    }

    @Test
    void typedClient_attachesToAFaithfulProvider() {
        NpiClient<TableListener2, AddressLookup> typed = NpiClient.of(LookupNpi.NPI, OTHER, changes::add);
        engine.registerProvider(provider);
        Registration registration = engine.registerClient(typed);
        provider.tableChanged(Set.of(IPV4));

        Optional<AddressBlock> block = typed.call(lookup -> lookup.lookup(V4));
        assertThat(block).contains(block(V4));
        assertThat(changes).containsExactly(Set.of(IPV4));
        deregister(registration);
    }

    /** A typed client that offers version 1 tells of any family. */
    @Test
    void A6_typedWithTyped_ofVersion1() {
        NpiProvider<TableListener2, AddressLookup> old = NpiProvider.of(LookupNpi.NPI, OTHER, lookup(FaithfulTest::block))
                .withCharacteristics(FAMILIES)
                .withClientVersions(TableListener.class);
        engine.registerProvider(old);
        engine.registerClient(NpiClient.of(LookupNpi.NPI, OTHER, changes::add));
        old.forEachClient(listener -> listener.tableChanged(Set.of(IPV4)));

        assertThat(changes).containsExactly(Set.of(IPV4, IPV6));
    }

    private void deregister(Registration registration) {
        engine.deregister(registration);
        await(registration);
    }

    private void await(Registration registration) {
        assertThat(engine.drain(Map.of(registration, Duration.ofSeconds(10)), passed -> Duration.ZERO))
                .isEqualTo(NmrStatus.SUCCESS);
    }

    private static AddressBlock block(InetAddress address) {
        return new AddressBlock(address.getHostAddress() + "/32", "test", "RFC0", GloballyReachable.NO);
    }

    private static AddressLookup lookup(Function<InetAddress, AddressBlock> table) {
        return new AddressLookup() {
            @Override
            public Optional<AddressBlock> lookup(InetAddress address) {
                return Optional.of(table.apply(address));
            }

            @Override
            public CompletionStage<Optional<AddressBlock>> lookupAsync(InetAddress address) {
                return CompletableFuture.completedStage(lookup(address));
            }
        };
    }
}
