package io.nmr.demo.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.nmr.api.AttachResult;
import io.nmr.api.AttachResult.Attached;
import io.nmr.api.AttachResult.Refused;
import io.nmr.api.ModuleId;
import io.nmr.api.NmrStatus;
import io.nmr.api.ProviderBindingHandle;
import io.nmr.api.ProviderCharacteristics;
import io.nmr.api.Registration;
import io.nmr.api.RegistrationInstance;
import io.nmr.engine.RegistrarEngine;
import io.nmr.engine.spi.EffectTask;
import io.nmr.engine.spi.EngineSettings;
import io.nmr.history.Event;
import io.nmr.history.HistoryCheck;
import io.nmr.history.Kind;
import io.nmr.history.ModuleRecorder;
import io.nmr.history.Outcome;
import io.nmr.history.Recorder;
import io.nmr.history.Violation;
import io.nmr.sample.npi.AddressBlock;
import io.nmr.sample.npi.AddressLookup;
import io.nmr.sample.npi.LookupNpi;
import io.nmr.sample.npi.TableListener;
import java.net.InetAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** The recorded client on the engine: what its history says, and what the checker says of that. */
class RecordedClientTest {

    private static final InetAddress ADDRESS = InetAddress.getLoopbackAddress();
    private static final long BUNDLE = 7;

    private final Recorder recorder = new Recorder();
    private final Lives lives = new Lives(recorder, "npi");
    private final ModuleRecorder module = recorder.client("npi", "recorder");
    private final RecordedClient client = new RecordedClient(module, lives);
    private final RegistrarEngine engine =
            new RegistrarEngine(new EngineSettings(EffectTask::run, incident -> { }, System::nanoTime));

    /** A provider that runs something in the middle of each lookup. */
    private record Provider(Runnable inLookup) implements ProviderCharacteristics, AddressLookup {
        @Override
        public RegistrationInstance providerRegistrationInstance() {
            ModuleId id = ModuleId.of("00000000-0000-0000-0000-0000000000a1");
            return RegistrationInstance.of(LookupNpi.ID, id, 1, null);
        }

        /** Knows version 1 of the callbacks only. */
        @Override
        public AttachResult attachClient(
                ProviderBindingHandle handle,
                Object registrationContext,
                RegistrationInstance other,
                Object clientContext,
                Object dispatch) {
            return dispatch instanceof TableListener ? new Attached(null, this) : new Refused(NmrStatus.NOINTERFACE);
        }

        @Override
        public NmrStatus detachClient(Object bindingContext) {
            return NmrStatus.SUCCESS;
        }

        @Override
        public Optional<AddressBlock> lookup(InetAddress address) {
            inLookup.run();
            return Optional.empty();
        }

        @Override
        public CompletionStage<Optional<AddressBlock>> lookupAsync(InetAddress address) {
            return CompletableFuture.completedStage(Optional.empty());
        }
    }

    private Registration start(Runnable inLookup) {
        lives.starting(BUNDLE, 1, "1.0.0");
        Registration registration = engine.registerProvider(new Provider(inLookup));
        lives.started(BUNDLE);
        return registration;
    }

    private void stop(Registration provider) {
        lives.leaves(BUNDLE);
        engine.deregister(provider);
        lives.stopping(BUNDLE);
        lives.stopped(BUNDLE);
    }

    private void end(Registration registration) {
        module.deregisters();
        engine.deregister(registration);
        module.deregistered();
    }

    private long count(Kind kind) {
        return recorder.history().events().stream().filter(event -> event.kind() == kind).count();
    }

    @Test
    void everyCallbackAndCall_isRecorded_andBreaksNothing() {
        Registration first = start(() -> { });
        Registration registration = module.register(() -> engine.registerClient(client));
        client.lookup(ADDRESS);
        stop(first);
        client.lookup(ADDRESS);
        start(() -> { });
        client.lookup(ADDRESS);
        end(registration);
        HistoryCheck.requireAtEnd(recorder.history());
        assertThat(count(Kind.CALL_ENTERED)).isEqualTo(2);
        assertThat(count(Kind.CLEANUP_END)).isEqualTo(2);
        assertThat(count(Kind.NOTICE_END)).isEqualTo(1);
    }

    @Test
    void A6_theSecondAsk_isRecordedAsTheProvidersAnswer() {
        Registration registration = module.register(() -> engine.registerClient(client));
        start(() -> { });
        end(registration);
        assertThat(recorder.history().events())
                .filteredOn(event -> event.kind() == Kind.ATTACH_END && event.module().name().startsWith("1.0.0"))
                .extracting(Event::outcome)
                .containsExactly(Outcome.REFUSED, Outcome.SUCCESS);
        HistoryCheck.requireAtEnd(recorder.history());
    }

    @Test
    void D5_aDetachInTheMiddleOfACall_isCompletedByItsEnd_andANewCallIsRefused() {
        Registration[] provider = new Registration[1];
        provider[0] = start(() -> {
            lives.leaves(BUNDLE);
            engine.deregister(provider[0]);
            client.lookup(ADDRESS);
        });
        Registration registration = module.register(() -> engine.registerClient(client));
        client.lookup(ADDRESS);
        lives.stopping(BUNDLE);
        end(registration);
        assertThat(count(Kind.COMPLETE_END)).isEqualTo(1);
        HistoryCheck.requireAtEnd(recorder.history());
    }

    /** What the demo's control is found out by. */
    @Test
    void O2_aStopInTheMiddleOfACall_isFound() {
        Registration[] provider = new Registration[1];
        provider[0] = start(() -> stop(provider[0]));
        Registration registration = module.register(() -> engine.registerClient(client));
        client.lookup(ADDRESS);
        end(registration);
        assertThat(HistoryCheck.violationsAtEnd(recorder.history())).extracting(Violation::rule).contains("O2", "C2");
    }

    @Test
    void A2_aProviderWithoutALife_isRefused() {
        module.register(() -> engine.registerClient(client));
        engine.registerProvider(new Provider(() -> { }));
        client.lookup(ADDRESS);
        assertThat(count(Kind.ATTACH_BEGIN)).isZero();
        assertThat(count(Kind.CALL_BEGIN)).isZero();
    }
}
