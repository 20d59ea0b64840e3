package io.nmr.itests;

import io.nmr.itests.kit.TestClient;
import io.nmr.itests.kit.TestProvider;
import org.osgi.framework.Bundle;

/** Tests of one client and one provider, each published by a bundle. */
public abstract class BoundTest extends RegistrarTest {

    protected TestClient client;
    protected TestProvider provider;
    protected Bundle clients;
    protected Bundle providers;

    protected final void bind() {
        client = stage.client("C");
        provider = stage.provider("P");
        clients = stage.publish("bundle.c", client);
        providers = stage.publish("bundle.p", provider);
    }
}
