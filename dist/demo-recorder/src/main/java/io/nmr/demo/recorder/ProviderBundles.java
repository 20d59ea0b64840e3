package io.nmr.demo.recorder;

import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;

/**
 * Tells {@link Lives} of the provider bundles, on the thread that starts or stops one. STOPPING reaches listeners after
 * the hooks, in one of which the registrar drains, and before the activator's stop.
 */
final class ProviderBundles implements SynchronousBundleListener {

    private static final String PROVIDER = "io.nmr.sample.provider";

    private final Lives lives;

    ProviderBundles(Lives lives) {
        this.lives = lives;
    }

    /** To be called before the client registers, and while no provider starts or stops. */
    void open(BundleContext context) {
        context.addBundleListener(this);
        for (Bundle bundle : context.getBundles()) {
            if (isProvider(bundle) && bundle.getState() == Bundle.ACTIVE) {
                starting(bundle);
                lives.started(bundle.getBundleId());
            }
        }
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        Bundle bundle = event.getBundle();
        if (isProvider(bundle)) {
            changed(bundle, event.getType());
        }
    }

    private void changed(Bundle bundle, int type) {
        switch (type) {
            case BundleEvent.STARTING -> starting(bundle);
            case BundleEvent.STARTED -> lives.started(bundle.getBundleId());
            case BundleEvent.STOPPING -> lives.stopping(bundle.getBundleId());
            case BundleEvent.STOPPED -> lives.stopped(bundle.getBundleId());
            default -> { } // of no registration
        }
    }

    private void starting(Bundle bundle) {
        lives.starting(bundle.getBundleId(), bundle.getVersion().getMajor(), bundle.getVersion().toString());
    }

    private static boolean isProvider(Bundle bundle) {
        return PROVIDER.equals(bundle.getSymbolicName());
    }
}
