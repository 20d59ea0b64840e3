package io.nmr.itests.module;

import io.nmr.itests.kit.Plan;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** The activator of every module bundle of these tests: each bundle has this class for itself. */
public final class ModuleActivator implements BundleActivator {

    private Plan plan;

    @Override
    public void start(BundleContext context) throws Exception {
        plan = Plan.of(context.getBundle());
        plan.start(context);
    }

    @Override
    public void stop(BundleContext context) throws Exception {
        plan.stop(context);
    }
}
