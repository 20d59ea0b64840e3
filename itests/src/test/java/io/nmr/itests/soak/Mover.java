package io.nmr.itests.soak;

import io.nmr.itests.kit.BundleJar;
import io.nmr.itests.kit.Plan;
import io.nmr.itests.kit.Stage;
import io.nmr.itests.module.ModuleActivator;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/** Starts, stops, updates, refreshes and replaces bundles, which nobody else does that to. */
final class Mover {

    private enum Move {
        STOP,
        UPDATE,
        REFRESH,
        REPLACE,
        UNREGISTER_ONE,
        PUBLISH_ONE
    }

    private static final int BUNDLES = 4;
    private static final int FAILS_ONCE_IN = 8;

    private final Stage stage;
    private final Random random;
    private final List<Bundle> bundles = new ArrayList<>();
    private final List<SoakPlan> plans = new ArrayList<>();

    Mover(Stage stage, World world, long seed, int number) {
        this.stage = stage;
        this.random = new Random(seed);
        for (int i = 0; i < BUNDLES; i++) {
            String name = "soak." + number + "." + i;
            SoakPlan plan = new SoakPlan(world, random.nextLong());
            Plan.put(name, "1.0.0", plan);
            Plan.put(name, "2.0.0", plan);
            plans.add(plan);
            bundles.add(install(name));
        }
    }

    private Bundle install(String name) {
        try {
            return stage.context().installBundle("soak:" + name, jar(name));
        } catch (BundleException e) {
            throw new AssertionError(e);
        }
    }

    private InputStream jar(String name) {
        return new BundleJar(name, random.nextBoolean() ? "1.0.0" : "2.0.0", ModuleActivator.class)
                .header("Import-Package", "org.osgi.framework, io.nmr.itests.kit")
                .build();
    }

    void move() throws BundleException {
        int which = random.nextInt(BUNDLES);
        if (bundles.get(which).getState() == Bundle.ACTIVE) {
            move(which, Move.values()[random.nextInt(Move.values().length)]);
        } else {
            start(which);
        }
    }

    private void start(int which) throws BundleException {
        if (random.nextInt(FAILS_ONCE_IN) > 0) {
            bundles.get(which).start();
            return;
        }
        plans.get(which).failNextStart();
        try {
            bundles.get(which).start();
            throw new AssertionError(bundles.get(which) + " has started");
        } catch (BundleException planned) {
            plans.get(which).failed();
        }
    }

    private void move(int which, Move move) throws BundleException {
        Bundle bundle = bundles.get(which);
        SoakPlan plan = plans.get(which);
        switch (move) {
            case STOP -> stop(which);
            case UPDATE -> {
                plan.leave();
                bundle.update(jar(bundle.getSymbolicName()));
            }
            case REFRESH -> {
                plan.leave();
                stage.refresh(bundle);
            }
            case REPLACE -> {
                plan.leave();
                bundle.uninstall();
                bundles.set(which, install(bundle.getSymbolicName()));
                bundles.get(which).start();
            }
            case UNREGISTER_ONE -> plan.unregisterOne();
            case PUBLISH_ONE -> plan.publish();
        }
    }

    private void stop(int which) throws BundleException {
        plans.get(which).leave();
        bundles.get(which).stop();
    }

    void stopAll() throws BundleException {
        for (int i = 0; i < BUNDLES; i++) {
            if (bundles.get(i).getState() == Bundle.ACTIVE) {
                stop(i);
            }
        }
    }
}
