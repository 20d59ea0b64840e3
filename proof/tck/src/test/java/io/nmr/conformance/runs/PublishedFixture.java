package io.nmr.conformance.runs;

import io.nmr.api.ClientCharacteristics;
import io.nmr.api.ProviderCharacteristics;
import io.nmr.tck.Fixture;
import io.nmr.tck.Registered;
import java.util.Map;
import org.osgi.framework.BundleContext;

/** Characteristics published as services (O1), by a bundle of clients and one of providers. */
public final class PublishedFixture implements Fixture {

    private static final String NO_HANDLES =
            "publishing gives no handle and no status: unregister() is the deregistration and its wait in one (O1)";
    private static final String WAITS_ITSELF =
            "a wait is part of unregister(); inside callbacks the tests in the framework look at it (C6, O2)";

    private EmbeddedFramework framework;
    private BundleContext clients;
    private BundleContext providers;

    @Override
    public void open() throws Exception {
        framework = new EmbeddedFramework();
        clients = framework.bundle("clients").getBundleContext();
        providers = framework.bundle("providers").getBundleContext();
    }

    @Override
    public Registered registerClient(ClientCharacteristics client) {
        return new PublishedModule(clients.registerService(ClientCharacteristics.class, client, null));
    }

    @Override
    public Registered registerProvider(ProviderCharacteristics provider) {
        return new PublishedModule(providers.registerService(ProviderCharacteristics.class, provider, null));
    }

    @Override
    public Map<String, String> inexpressible() {
        return Map.of(
                "C3", NO_HANDLES,
                "C2_deregisterAnswersPending_andTheSecondTimeInvalidParameter", NO_HANDLES,
                "C2_theStageOfARegistration_completesWithTheDeregistration", NO_HANDLES,
                "C6_aWaitInsideACallbackThatItWaitsFor_isRefusedAtOnce", WAITS_ITSELF,
                "C6_aWaitInsideATrackedCallThatItWaitsFor_isRefusedAtOnce", WAITS_ITSELF,
                "C6_aWaitInsideACallback_forWhatDoesNotWaitForIt_isServed", WAITS_ITSELF,
                "C6_twoThreadsThatWaitForEachOther_insideCallbacks_oneIsRefused", WAITS_ITSELF);
    }

    @Override
    public void close() throws Exception {
        framework.close();
    }
}
