package io.nmr.itests.kit;

import org.osgi.framework.BundleContext;

/** For a component of Declarative Services that stands for a module: what it does when it comes and when it goes. */
public final class ComponentPlan implements Plan {

    private final History history;
    private final String name;
    private final TestModule module;

    public ComponentPlan(History history, String name, TestModule module) {
        this.history = history;
        this.name = name;
        this.module = module;
    }

    public TestModule module() {
        return module;
    }

    @Override
    public void start(BundleContext context) {
        history.add(name, "start");
        module.revive();
    }

    @Override
    public void stop(BundleContext context) {
        history.add(name, "stop");
        module.tearDown();
    }
}
