package io.nmr.itests.kit;

import static io.nmr.itests.kit.Moment.START;
import static io.nmr.itests.kit.Moment.STOP;

import org.osgi.framework.BundleContext;

/** For a component of Declarative Services that stands for a module: what it does when it comes and when it goes. */
public final class ComponentPlan implements Plan {

    private final Journal journal;
    private final String name;
    private final TestModule module;

    public ComponentPlan(Journal journal, String name, TestModule module) {
        this.journal = journal;
        this.name = name;
        this.module = module;
    }

    public TestModule module() {
        return module;
    }

    @Override
    public void start(BundleContext context) {
        journal.add(name, START);
        module.revive();
    }

    @Override
    public void stop(BundleContext context) {
        journal.add(name, STOP);
        module.tearDown();
    }
}
