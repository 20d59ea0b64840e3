package io.nmr.sample.provider;

import java.net.URL;
import java.util.function.Function;

/** The entries of the two versions of the bundle. */
final class Tables {

    /** As in 2.0. */
    static final Function<String, URL> BOTH = Tables.class.getClassLoader()::getResource;
    /** As in 1.0. */
    static final Function<String, URL> IPV4_ONLY = path -> path.equals("table/ipv4.csv") ? BOTH.apply(path) : null;

    private Tables() {}
}
