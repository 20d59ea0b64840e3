package io.nmr.benchmarks.osgi;

/** The frameworks that the registrar is measured in. */
public enum Platform {
    FELIX("org.apache.felix.framework"),
    EQUINOX("org.eclipse.osgi");

    final String jar;

    Platform(String jar) {
        this.jar = jar;
    }
}
