package io.nmr.api.runtime;

/**
 * What a bundle is called.
 *
 * @param id its id in this framework
 * @param symbolicName its symbolic name
 * @param version its version
 */
public record BundleRef(long id, String symbolicName, String version) {

    /** As in log records: {@code symbolic.name 1.0.0 [12]}. */
    @Override
    public String toString() {
        return symbolicName + " " + version + " [" + id + "]";
    }
}
