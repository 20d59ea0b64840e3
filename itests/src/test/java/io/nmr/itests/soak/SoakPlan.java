package io.nmr.itests.soak;

import io.nmr.itests.kit.Plan;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceRegistration;

/** A bundle of a soak: each time it starts it publishes some new modules. */
final class SoakPlan implements Plan {

    private static final int MOST = 3;
    private static final int HURRIED_ONCE_IN = 5;
    private static final String HURRIED_MS = "30";

    private final World world;
    private final Random random;
    private final Map<SoakModule, ServiceRegistration<?>> published = new ConcurrentHashMap<>();
    private volatile BundleContext context;
    private volatile boolean fails;
    private volatile boolean hurried;

    SoakPlan(World world, long seed) {
        this.world = world;
        this.random = new Random(seed);
    }

    /** The next start fails when it has published. */
    void failNextStart() {
        fails = true;
    }

    @Override
    public void start(BundleContext now) throws BundleException {
        context = now;
        hurried = random.nextInt(HURRIED_ONCE_IN) == 0;
        for (int i = random.nextInt(MOST); i >= 0; i--) {
            publish();
        }
        if (fails) {
            fails = false;
            leave();
            throw new BundleException("planned");
        }
    }

    void publish() {
        Cast.Made made = Cast.any(world, random, hurried);
        Bundle bundle = context.getBundle();
        made.module().goesWhen(() -> bundle.getState() == Bundle.STOPPING);
        made.module().recorder.register(() -> register(made));
        world.alive.add(made.module());
    }

    private ServiceRegistration<?> register(Cast.Made made) {
        Dictionary<String, Object> properties = new Hashtable<>();
        if (made.module().hurried) {
            properties.put("nmr.detach.timeout", HURRIED_MS);
        }
        ServiceRegistration<?> registration =
                context.registerService(made.type(), made.characteristics(), properties);
        published.put(made.module(), registration);
        return registration;
    }

    /** Whatever follows ends every registration: said first. */
    void leave() {
        published.keySet().forEach(SoakModule::leaves);
    }

    @Override
    public void stop(BundleContext gone) {
        settle(published.keySet());
        published.keySet().forEach(module -> module.recorder.stop(() -> { }));
        published.clear();
    }

    /** The start failed: no activator was stopped. */
    void failed() {
        settle(published.keySet());
        published.clear();
    }

    private static void settle(Set<SoakModule> gone) {
        gone.forEach(SoakModule::settles);
        gone.forEach(SoakModule::comesUnstuck);
    }

    void unregisterOne() {
        List<SoakModule> now = List.copyOf(published.keySet());
        if (!now.isEmpty()) {
            SoakModule module = now.get(random.nextInt(now.size()));
            module.leaves();
            module.goesWhen(() -> true);
            published.remove(module).unregister();
            settle(Set.of(module));
        }
    }
}
