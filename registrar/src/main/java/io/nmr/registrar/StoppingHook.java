package io.nmr.registrar;

import java.util.Collection;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.framework.hooks.bundle.EventHook;

/**
 * Drains the modules of a bundle before its activator's {@code stop} (O2), and all modules when the framework begins to stop.
 * Stop, update, refresh, uninstall and a failed start all lead here (O4). The state of the bundle differs between them and
 * between frameworks, so only the event counts.
 *
 * <p><b>Threading.</b> Called on the stopping thread, under the framework's lock of that bundle.
 */
final class StoppingHook implements EventHook {

    private final Modules modules;
    private final Drainer drainer;
    private final long ownBundle;

    StoppingHook(Modules modules, Drainer drainer, long ownBundle) {
        this.modules = modules;
        this.drainer = drainer;
        this.ownBundle = ownBundle;
    }

    @Override
    public void event(BundleEvent event, Collection<BundleContext> contexts) {
        Bundle bundle = event.getBundle();
        switch (event.getType()) {
            case BundleEvent.STOPPING -> stopping(bundle);
            // An id is never used again. A holder of the registrar's service is refused then for its bundle's state.
            case BundleEvent.STARTING, BundleEvent.LAZY_ACTIVATION, BundleEvent.UNINSTALLED ->
                    modules.unmark(bundle.getBundleId());
            default -> { }
        }
    }

    /** The modules of a bundle that began to stop before this hook was registered are not offered (O6). */
    void markIfStopping(Bundle bundle) {
        if (bundle.getState() == Bundle.STOPPING) {
            modules.markStopping(bundle.getBundleId());
            if (bundle.getState() != Bundle.STOPPING) {
                modules.unmark(bundle.getBundleId()); // from now on the events tell
            }
        }
    }

    private void stopping(Bundle bundle) {
        long id = bundle.getBundleId();
        if (id == Constants.SYSTEM_BUNDLE_ID) {
            modules.close();
            drainer.everythingStops("the framework");
        } else if (id != ownBundle) {
            modules.markStopping(id);
            drainer.bundleStops(BundleRefs.of(bundle));
        }
    }
}
