package io.nmr.itests.kit;

import io.nmr.api.AttachResult;
import io.nmr.api.ClientBindingHandle;
import io.nmr.api.ClientCharacteristics;
import io.nmr.api.NmrStatus;
import io.nmr.api.ProviderBindingHandle;
import io.nmr.api.ProviderCharacteristics;
import io.nmr.api.RegistrationInstance;

/** One module that is client and provider at once. */
public class TestBoth implements ClientCharacteristics, ProviderCharacteristics, TestModule {

    private final TestClient client;
    private final TestProvider provider;

    public TestBoth(TestClient client, TestProvider provider) {
        this.client = client;
        this.provider = provider;
    }

    @Override
    public RegistrationInstance clientRegistrationInstance() {
        return client.clientRegistrationInstance();
    }

    @Override
    public NmrStatus attachProvider(ClientBindingHandle handle, Object context, RegistrationInstance instance) {
        return client.attachProvider(handle, context, instance);
    }

    @Override
    public NmrStatus detachProvider(Object bindingContext) {
        return client.detachProvider(bindingContext);
    }

    @Override
    public void cleanupClientBindingContext(Object bindingContext) {
        client.cleanupClientBindingContext(bindingContext);
    }

    @Override
    public RegistrationInstance providerRegistrationInstance() {
        return provider.providerRegistrationInstance();
    }

    @Override
    public AttachResult attachClient(
            ProviderBindingHandle handle,
            Object context,
            RegistrationInstance instance,
            Object clientContext,
            Object clientDispatch) {
        return provider.attachClient(handle, context, instance, clientContext, clientDispatch);
    }

    @Override
    public NmrStatus detachClient(Object bindingContext) {
        return provider.detachClient(bindingContext);
    }

    @Override
    public void cleanupProviderBindingContext(Object bindingContext) {
        provider.cleanupProviderBindingContext(bindingContext);
    }

    @Override
    public String[] types() {
        return new String[] {ClientCharacteristics.class.getName(), ProviderCharacteristics.class.getName()};
    }

    @Override
    public void tearDown() {
        client.tearDown();
        provider.tearDown();
    }

    @Override
    public void revive() {
        client.revive();
        provider.revive();
    }

    @Override
    public void checkAllGone() {
        client.checkAllGone();
        provider.checkAllGone();
    }
}
