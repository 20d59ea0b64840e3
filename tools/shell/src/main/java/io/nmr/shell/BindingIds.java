package io.nmr.shell;

import io.nmr.api.runtime.BindingSnapshot;
import io.nmr.api.runtime.RegistrarRuntime;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Says which bindings there are, to whoever named another. */
final class BindingIds {

    private static final int MOST = 12;

    private BindingIds() {}

    /** What to answer to an id that there is not. */
    static IllegalArgumentException unknown(long id, RegistrarRuntime runtime) {
        return new IllegalArgumentException("no binding " + id + ", or none any more; there are: " + list(runtime, any -> true));
    }

    /** The ids of these bindings, not too many, or none. */
    static String list(RegistrarRuntime runtime, Predicate<BindingSnapshot> which) {
        List<BindingSnapshot> bindings = runtime.bindings().stream().filter(which).toList();
        String ids = bindings.stream()
                .limit(MOST)
                .map(binding -> binding.id() + " (" + Shown.state(binding) + ")")
                .collect(Collectors.joining(", "));
        return bindings.isEmpty() ? "none" : bindings.size() > MOST ? ids + ", and " + (bindings.size() - MOST) + " more" : ids;
    }
}
