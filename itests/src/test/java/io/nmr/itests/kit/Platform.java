package io.nmr.itests.kit;

import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;

/** The framework that a test runs on. Where frameworks differ, a test says what each of them does. */
public enum Platform {
    FELIX("Apache Software Foundation"),
    EQUINOX("Eclipse");

    private final String vendor;

    Platform(String vendor) {
        this.vendor = vendor;
    }

    public static Platform of(BundleContext context) {
        String vendor = context.getProperty(Constants.FRAMEWORK_VENDOR);
        for (Platform platform : values()) {
            if (vendor.startsWith(platform.vendor)) {
                return platform;
            }
        }
        throw new AssertionError("neither Felix nor Equinox: " + vendor);
    }
}
