package io.nmr.registrar;

import org.osgi.framework.Bundle;

/** What is said of a bundle in messages, and how it is told from others; holds nothing of it. */
record BundleName(long id, String symbolicName, String version) {

    static BundleName of(Bundle bundle) {
        return new BundleName(
                bundle.getBundleId(), bundle.getSymbolicName(), bundle.getVersion().toString());
    }

    @Override
    public String toString() {
        return symbolicName + " " + version + " [" + id + "]";
    }
}
