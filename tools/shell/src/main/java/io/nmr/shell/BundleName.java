package io.nmr.shell;

import io.nmr.api.runtime.BundleRef;

/**
 * A bundle as an operator names it: by its id, its symbolic name, or {@code name:version}.
 *
 * @param text what was typed
 */
record BundleName(String text) {

    boolean matches(BundleRef bundle) {
        return text.equals(Long.toString(bundle.id()))
                || text.equals(bundle.symbolicName())
                || text.equals(bundle.symbolicName() + ":" + bundle.version());
    }

    @Override
    public String toString() {
        return "'" + text + "'";
    }
}
