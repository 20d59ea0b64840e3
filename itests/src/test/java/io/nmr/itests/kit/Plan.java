package io.nmr.itests.kit;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** What the activator of a module bundle does; found by the bundle's name and version. */
public interface Plan {

    Map<String, Plan> PLANS = new ConcurrentHashMap<>();

    void start(BundleContext context) throws Exception;

    void stop(BundleContext context) throws Exception;

    static void put(String name, String version, Plan plan) {
        PLANS.put(name + "/" + version, plan);
    }

    static Plan of(Bundle bundle) {
        String key = bundle.getSymbolicName() + "/" + bundle.getVersion();
        Plan plan = PLANS.get(key);
        if (plan == null) {
            throw new AssertionError("no plan for " + key + " in " + PLANS.keySet());
        }
        return plan;
    }
}
