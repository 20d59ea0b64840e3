package io.nmr.engine;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

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
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/**
 * A12: what a side wrote before it gave its context and its dispatch table is seen by the other, and by its own later
 * callbacks, on whatever thread these run: plain fields, published by the registrar alone.
 */
@JCStressTest
@Outcome(id = "none, none, none", expect = ACCEPTABLE, desc = "The provider left before it was offered.")
@Outcome(id = "whole, whole, whole", expect = ACCEPTABLE, desc = "Attached, and then detached.")
@Outcome(expect = FORBIDDEN, desc = "Anything else.")
@State
public class Publication {

    /** What is given: whole once it is written. */
    private static final class Given {
        private int first;
        private int last;

        static Given written() {
            Given given = new Given();
            given.first = 1;
            given.last = 1;
            return given;
        }

        static String seen(Object object) {
            return object instanceof Given given && given.first == 1 && given.last == 1 ? "whole" : "torn";
        }
    }

    private static final NpiId NPI = new NpiId(new UUID(0, 1));
    private static final RegistrationInstance INSTANCE =
            RegistrationInstance.of(NPI, new ModuleId.Guid(new UUID(0, 2)), 1, null);
    private static final Duration LONG = Duration.ofSeconds(20);

    private final RegistrarEngine engine =
            new RegistrarEngine(new EngineSettings(EffectTask::run, incident -> { }, () -> 0));
    private final Client client = new Client();
    private final Provider provider = new Provider();
    private final Registration clientRegistration = engine.prepareClient(client, null);
    private final Registration providerRegistration = engine.prepareProvider(provider, null);

    /** Registers the client; the offer is made here if the provider was there. */
    @Actor
    public void client() {
        engine.register(clientRegistration);
    }

    /** Registers the provider; the offer is made here if the client was there. Detaches, here or where it is under way. */
    @Actor
    public void provider() {
        engine.register(providerRegistration);
        engine.deregister(providerRegistration);
    }

    /** The end of it. */
    @Arbiter
    public void end(LLL_Result r) {
        engine.drain(Map.of(clientRegistration, LONG, providerRegistration, LONG), passed -> Duration.ZERO);
        r.r1 = client.saw;
        r.r2 = provider.saw;
        r.r3 = "none".equals(client.detached) ? provider.detached : client.detached;
        if (!client.detached.equals(provider.detached)) {
            r.r3 = client.detached + " and " + provider.detached;
        }
    }

    private static final class Client implements ClientCharacteristics {

        private String saw = "none";
        private String detached = "none";

        @Override
        public RegistrationInstance clientRegistrationInstance() {
            return INSTANCE;
        }

        @Override
        public NmrStatus attachProvider(ClientBindingHandle handle, Object context, RegistrationInstance provider) {
            AttachResult result = handle.attach(Given.written(), Given.written());
            if (result instanceof AttachResult.Attached attached) {
                saw = both(attached.bindingContext(), attached.dispatch());
            }
            return result.status();
        }

        @Override
        public NmrStatus detachProvider(Object bindingContext) {
            detached = Given.seen(bindingContext);
            return NmrStatus.SUCCESS;
        }
    }

    private static final class Provider implements ProviderCharacteristics {

        private String saw = "none";
        private String detached = "none";

        @Override
        public RegistrationInstance providerRegistrationInstance() {
            return INSTANCE;
        }

        @Override
        public AttachResult attachClient(
                ProviderBindingHandle handle,
                Object context,
                RegistrationInstance client,
                Object clientBindingContext,
                Object clientDispatch) {
            saw = both(clientBindingContext, clientDispatch);
            return new AttachResult.Attached(Given.written(), Given.written());
        }

        @Override
        public NmrStatus detachClient(Object bindingContext) {
            detached = Given.seen(bindingContext);
            return NmrStatus.SUCCESS;
        }
    }

    private static String both(Object context, Object dispatch) {
        String seen = Given.seen(context);
        return seen.equals(Given.seen(dispatch)) ? seen : "torn";
    }
}
