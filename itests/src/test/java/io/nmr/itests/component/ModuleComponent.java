package io.nmr.itests.component;

import io.nmr.itests.kit.ComponentPlan;
import io.nmr.itests.kit.Plan;
import io.nmr.itests.kit.TestBoth;
import io.nmr.itests.kit.TestClient;
import io.nmr.itests.kit.TestModule;
import io.nmr.itests.kit.TestProvider;
import org.osgi.framework.BundleContext;

/** A client or a provider, whichever its bundle's plan names, as a component. */
public final class ModuleComponent extends TestBoth {

    private final ComponentPlan plan;

    public ModuleComponent(BundleContext context) {
        this((ComponentPlan) Plan.of(context.getBundle()));
    }

    private ModuleComponent(ComponentPlan plan) {
        super(clientOf(plan.module()), providerOf(plan.module()));
        this.plan = plan;
    }

    private static TestClient clientOf(TestModule module) {
        return module instanceof TestClient client ? client : null;
    }

    private static TestProvider providerOf(TestModule module) {
        return module instanceof TestProvider provider ? provider : null;
    }

    /** Without it there is no component. */
    void bindNeed(Runnable need) {}

    void activate(BundleContext context) {
        plan.start(context);
    }

    void deactivate(BundleContext context) {
        plan.stop(context);
    }
}
