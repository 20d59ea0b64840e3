package io.nmr.registrar;

import io.nmr.api.runtime.BundleRef;
import org.osgi.framework.Bundle;

/** Names bundles; a name holds nothing of its bundle. */
final class BundleRefs {

    private BundleRefs() {}

    static BundleRef of(Bundle bundle) {
        return new BundleRef(bundle.getBundleId(), bundle.getSymbolicName(), bundle.getVersion().toString());
    }
}
