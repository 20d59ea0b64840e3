package io.nmr.itests.ways;

import static io.nmr.itests.kit.Moment.STOP;

import io.nmr.itests.kit.Moment;
import io.nmr.itests.kit.Publishing;
import io.nmr.itests.kit.Stage;
import io.nmr.itests.kit.TestModule;
import java.util.List;
import org.osgi.framework.Bundle;

/**
 * One way for a module to go: how it was published, what makes it go, and how it comes back. There is an instance for
 * each module that goes.
 */
abstract class Way {

    Stage stage;
    String name;
    TestModule module;
    Publishing plan;
    Bundle bundle;

    /** This module of a bundle of this name is to go. */
    final void isFor(Stage stage, String name, TestModule module) {
        this.stage = stage;
        this.name = name;
        this.module = module;
        stage.expect(mayReport().toArray(String[]::new));
    }

    /** Publishes the module. */
    void publish() throws Exception {
        plan = new Publishing(stage.journal, name, module);
        bundle = stage.start(stage.install(name, plan));
    }

    /** Makes it go; returns when it is gone, and is back if it {@link #comesBackByItself}. */
    abstract void go() throws Exception;

    boolean comesBackByItself() {
        return false;
    }

    /** Published again. */
    void comeBack() throws Exception {}

    /** Whether both sides can go this way at the same time, each for itself. */
    boolean isOfOneSide() {
        return true;
    }

    /** What must come after the drain: the activator stops, or the service is given back, or nothing. */
    List<Moment.Of> end() {
        return List.of(STOP.of(name));
    }

    /** Records about trouble that may come or not. */
    List<String> mayReport() {
        return List.of();
    }

    @Override
    public final String toString() {
        return getClass().getSimpleName();
    }
}
