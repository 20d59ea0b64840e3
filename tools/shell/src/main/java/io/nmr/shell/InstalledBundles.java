package io.nmr.shell;

import io.nmr.api.runtime.BundleRef;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** Finds bundles by what an operator calls them. */
final class InstalledBundles {

    private final BundleContext context;

    InstalledBundles(BundleContext context) {
        this.context = context;
    }

    /**
     * The only bundle of this name.
     *
     * @throws IllegalArgumentException if there is none, or more than one; the message says which there are
     */
    Bundle named(BundleName name) {
        List<Bundle> named = those(name::matches);
        if (named.size() == 1) {
            return named.get(0);
        }
        throw new IllegalArgumentException(named.isEmpty()
                ? "no bundle " + name + "; installed are: " + list(those(any -> true))
                : "several bundles " + name + ", say which, by id or name:version: " + list(named));
    }

    private List<Bundle> those(Predicate<BundleRef> wanted) {
        return Arrays.stream(context.getBundles()).filter(bundle -> wanted.test(ref(bundle))).toList();
    }

    private static String list(List<Bundle> bundles) {
        return bundles.stream().map(bundle -> ref(bundle).toString()).collect(Collectors.joining(", "));
    }

    static BundleRef ref(Bundle bundle) {
        return new BundleRef(bundle.getBundleId(), bundle.getSymbolicName(), bundle.getVersion().toString());
    }
}
