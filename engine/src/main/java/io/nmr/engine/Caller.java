package io.nmr.engine;

import io.nmr.api.CallChain;
import io.nmr.api.CallGate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A thread that is inside a tracked call of a binding, as far as is known: raw gates and calls that go on asynchronously
 * have none. It holds the thread: drop it soon.
 *
 * @param binding the number of the binding
 * @param module the module whose call it is
 * @param thread the thread; it may have left the call meanwhile
 */
public record Caller(long binding, ModuleName module, Thread thread) {

    private record Calls(long binding, ModuleName module, CallGate gate) {}

    /** The bindings under the lock of their NPI, the threads without. */
    static List<Caller> inside(List<NetworkModule> modules) {
        Set<Calls> all = new LinkedHashSet<>();
        modules.forEach(module -> all.addAll(module.npi.commit(effects -> owing(module))));
        return all.stream()
                .flatMap(calls -> CallChain.threadsInside(calls.gate).stream()
                        .map(thread -> new Caller(calls.binding, calls.module, thread)))
                .toList();
    }

    private static List<Calls> owing(NetworkModule module) {
        List<Calls> owing = new ArrayList<>();
        for (Side side : module.sides.snapshot()) {
            for (Side either : List.of(side.binding.client, side.binding.provider)) {
                if (either.state().owesDetach() && either.calls() != null) {
                    owing.add(new Calls(side.binding.id, either.module.name, either.calls()));
                }
            }
        }
        return owing;
    }
}
