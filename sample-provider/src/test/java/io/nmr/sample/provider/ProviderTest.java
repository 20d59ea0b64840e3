package io.nmr.sample.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.nmr.api.ModuleId;
import io.nmr.api.NmrStatus;
import io.nmr.api.Registration;
import io.nmr.api.RegistrationInstance;
import io.nmr.engine.RegistrarEngine;
import io.nmr.engine.spi.EffectTask;
import io.nmr.engine.spi.EngineSettings;
import io.nmr.engine.spi.Incident;
import io.nmr.sample.npi.AddressBlock;
import io.nmr.sample.npi.AddressFamily;
import io.nmr.sample.npi.AddressLookup;
import io.nmr.sample.npi.LookupNpi;
import io.nmr.sample.npi.TableListener2;
import io.nmr.typed.NpiClient;
import io.nmr.typed.NpiProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The provider as its activator configures it, with typed clients at the engine. */
@Timeout(30)
class ProviderTest {

    private static final ModuleId CLIENT = ModuleId.of("00000000-0000-0000-0000-000000000001");
    private static final InetAddress MINE = AddressFamily.parse("8.8.8.8").orElseThrow();
    private static final InetAddress PRIVATE = AddressFamily.parse("10.0.0.1").orElseThrow();

    @TempDir
    private Path folder;

    private final List<Incident> incidents = new CopyOnWriteArrayList<>();
    private final RegistrarEngine engine =
            new RegistrarEngine(new EngineSettings(EffectTask::run, incidents::add, System::nanoTime));
    private final TableSource shipped = new TableSource(Tables.IPV4_ONLY, Optional.empty());
    private final TableLookup lookup = new TableLookup(shipped.families(), Duration.ZERO, shipped.shipped());
    private final NpiProvider<TableListener2, AddressLookup> one = Activator.provider(1, shipped.families(), lookup);
    private final NpiProvider<TableListener2, AddressLookup> two = Activator.provider(2, shipped.families(), lookup);
    private final List<Set<AddressFamily>> changes = new ArrayList<>();
    private TableSource mine;

    ProviderTest() throws IOException {}

    @BeforeEach
    void writeMine() throws IOException {
        Path file = folder.resolve("mine.csv");
        Files.writeString(file, "prefix,name,rfc,globally reachable\n8.8.8.0/24,Mine,none,True\n");
        mine = new TableSource(Tables.IPV4_ONLY, Optional.of(file));
    }

    @AfterEach
    void noIncident() {
        assertThat(incidents).isEmpty();
    }

    @Test
    void npi_isTrackedByGuards() {
        assertThat(LookupNpi.NPI.usesProxies()).isFalse();
    }

    @Test
    void R4_registrationInstance_isComplete() {
        RegistrationInstance instance = two.providerRegistrationInstance();

        assertThat(instance.npiId()).isEqualTo(LookupNpi.ID);
        assertThat(instance.moduleId()).isEqualTo(one.providerRegistrationInstance().moduleId());
        assertThat(instance.number()).isEqualTo(2);
        assertThat(instance.npiSpecificCharacteristics()).isEqualTo(shipped.families());
    }

    @Test
    void client_isServed() {
        engine.registerProvider(two);
        NpiClient<TableListener2, AddressLookup> client = client(changes::add);

        Optional<AddressBlock> block = client.call(table -> table.lookup(PRIVATE));
        assertThat(block).map(AddressBlock::name).contains("Private-Use");
    }

    @Test
    void A6_reload_tellsEachVersionWhatItKnows() throws IOException {
        engine.registerProvider(one);
        engine.registerProvider(two);
        client(changes::add);
        reload(one);
        assertThat(changes).as("version 1 does not say what changed").containsExactly(Set.of(AddressFamily.values()));
        lookup.replace(shipped.shipped());
        reload(two);

        assertThat(changes).hasSize(2).last().isEqualTo(Set.of(AddressFamily.IPV4));
    }

    @Test
    void reload_tellsClientsOnlyIfTheTableChanged() throws IOException {
        engine.registerProvider(two);
        client(changes::add);
        reload(two);
        reload(two);

        assertThat(changes).hasSize(1);
        assertThat(lookup.lookup(MINE)).isPresent();
    }

    @Test
    void reload_clientThatThrows_keepsNoOtherFromBeingTold() {
        engine.registerProvider(two);
        TableListener2 broken = families -> {
            throw new IllegalStateException("broken");
        };
        client(broken);
        client(changes::add);
        client(broken);

        assertThatIllegalStateException().isThrownBy(() -> reload(two)).withMessage("broken");
        assertThat(changes).hasSize(1);
        assertThat(lookup.lookup(MINE)).isPresent();
    }

    @Test
    void D3_afterDetach_tellsNothing() throws IOException {
        engine.registerProvider(two);
        Registration registration = engine.registerClient(NpiClient.of(LookupNpi.NPI, CLIENT, changes::add));
        deregister(registration);
        reload(two);

        assertThat(changes).isEmpty();
    }

    /** The client is told while it goes: its end waits for the callback. */
    @Test
    void D5_clientThatGoesDuringReload_isGoneAfterIt() throws IOException {
        engine.registerProvider(two);
        List<Registration> registration = new ArrayList<>();
        List<Boolean> goneWithin = new ArrayList<>();
        registration.add(engine.registerClient(NpiClient.of(LookupNpi.NPI, CLIENT, families -> {
            engine.deregister(registration.get(0));
            goneWithin.add(registration.get(0).deregistration().toCompletableFuture().isDone());
        })));
        reload(two);

        assertThat(goneWithin).containsExactly(false);
        await(registration.get(0));
    }

    private NpiClient<TableListener2, AddressLookup> client(TableListener2 listener) {
        NpiClient<TableListener2, AddressLookup> client = NpiClient.of(LookupNpi.NPI, CLIENT, listener);
        engine.registerClient(client);
        return client;
    }

    private void reload(NpiProvider<TableListener2, AddressLookup> provider) throws IOException {
        new ReloadCommand(mine, lookup, provider).reload();
    }

    private void deregister(Registration registration) {
        engine.deregister(registration);
        await(registration);
    }

    private void await(Registration registration) {
        assertThat(engine.drain(Map.of(registration, Duration.ofSeconds(10)), passed -> Duration.ZERO)).isEqualTo(NmrStatus.SUCCESS);
    }
}
