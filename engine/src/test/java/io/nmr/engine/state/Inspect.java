package io.nmr.engine.state;

import io.nmr.api.BindingHandle;
import io.nmr.api.Registration;
import io.nmr.api.runtime.ModuleState;
import java.util.ArrayList;
import java.util.List;

/** Looks into the state for tests of the packages above it. */
public final class Inspect {

    private Inspect() {}

    public static ModuleState state(Registration registration) {
        return ((NetworkModule) registration).state();
    }

    public static boolean isWaitedFor(Registration registration) {
        NetworkModule module = (NetworkModule) registration;
        return module.group().locked(() -> module.waiter() != null);
    }

    /** The state of a side, by the handle of it. */
    public static SideState state(BindingHandle handle) {
        Side side = (Side) handle;
        return side.binding().group().locked(side::state);
    }

    public static Phase phase(BindingHandle handle) {
        Binding binding = ((Side) handle).binding();
        return binding.group().locked(binding::phase);
    }

    /** What the registrar keeps of a module; empty after its deregistration (R7). */
    public static List<String> keptOf(Registration registration) {
        NetworkModule module = (NetworkModule) registration;
        return module.group().locked(() -> {
            List<String> kept = new ArrayList<>();
            if (module.declaration() != null) {
                kept.add("declaration " + module.declaration());
            }
            if (!module.sides().isEmpty()) {
                kept.add("sides: " + module.sides().size());
            }
            return kept;
        });
    }

    /** What the registrar keeps of one side of a binding that has ended (R7). */
    public static boolean isForgotten(BindingHandle handle) {
        Side side = (Side) handle;
        return side.gate() == null && side.binding().group().locked(() -> side.context() == null);
    }

    /** Whether this thread holds the lock of an NPI in use. */
    public static boolean holdsLock(NpiRegistry registry) {
        return registry.groups().stream().anyMatch(NpiGroup::isLocked);
    }

    /** Whether this thread holds the lock of a binding's NPI. */
    public static boolean holdsLock(BindingHandle handle) {
        return ((Side) handle).binding().group().isLocked();
    }
}
