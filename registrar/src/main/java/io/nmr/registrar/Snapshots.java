package io.nmr.registrar;

import io.nmr.api.ModuleId;
import io.nmr.api.runtime.BindingSnapshot;
import io.nmr.api.runtime.BindingState;
import io.nmr.api.runtime.BundleRef;
import io.nmr.api.runtime.CallSnapshot;
import io.nmr.api.runtime.ModuleRef;
import io.nmr.api.runtime.ModuleSnapshot;
import io.nmr.api.runtime.ModuleState;
import io.nmr.api.runtime.Role;
import io.nmr.api.runtime.SideSnapshot;
import io.nmr.api.runtime.SideSnapshot.Owes;
import io.nmr.engine.ModuleName;
import io.nmr.engine.Phase;
import io.nmr.engine.SideState;
import io.nmr.engine.ThreadInCall;

/** What the engine shows, as the runtime shows it: coarser, and with the bundles that modules are of. */
final class Snapshots {

    private final WallClock clock;

    Snapshots(WallClock clock) {
        this.clock = clock;
    }

    ModuleSnapshot module(io.nmr.engine.ModuleSnapshot module) {
        return new ModuleSnapshot(
                ref(module.name()), state(module.state()), clock.at(module.since()), module.bindings());
    }

    static ModuleRef ref(ModuleName module) {
        String npi = module.npiId().guid().toString();
        BundleName bundle = (BundleName) module.origin();
        return new ModuleRef(
                module.id(),
                role(module.role()),
                npi,
                module.npiName() == null ? npi : module.npiName(),
                moduleId(module.moduleId()),
                module.number(),
                new BundleRef(bundle.id(), bundle.symbolicName(), bundle.version()));
    }

    private static String moduleId(ModuleId id) {
        return id instanceof ModuleId.Guid of ? of.guid().toString() : id.toString();
    }

    static Role role(io.nmr.engine.Role role) {
        return switch (role) {
            case CLIENT -> Role.CLIENT;
            case PROVIDER -> Role.PROVIDER;
        };
    }

    /** One that is prepared, or complete, is none that the engine shows. */
    private static ModuleState state(io.nmr.engine.ModuleState state) {
        return switch (state) {
            case NEW, REGISTERED -> ModuleState.REGISTERED;
            case DEREGISTERING -> ModuleState.DEREGISTERING;
            case ABANDONED, DEREGISTERED -> ModuleState.ABANDONED;
        };
    }

    static BindingSnapshot binding(io.nmr.engine.BindingSnapshot binding) {
        return new BindingSnapshot(
                binding.id(),
                state(binding.phase()),
                binding.overdue(),
                binding.leavingFor(),
                side(binding.phase(), binding.client()),
                side(binding.phase(), binding.provider()));
    }

    /** A binding is attached from when the provider has accepted (A11), whatever else was decided meanwhile. */
    static BindingState state(Phase phase) {
        return switch (phase) {
            case OFFERED, ATTACHING, ATTACHING_DOOMED, CONNECTING, CONNECTING_DOOMED -> BindingState.ATTACHING;
            case ACCEPTED, ACCEPTED_DOOMED, ATTACHED -> BindingState.ATTACHED;
            case DETACHING -> BindingState.DETACHING;
            case CLEANING, GONE -> BindingState.CLEANING;
        };
    }

    private static SideSnapshot side(Phase phase, io.nmr.engine.BindingSnapshot.SideSnapshot side) {
        return new SideSnapshot(
                ref(side.module()), side.callsInProgress(), owes(phase, side.module().role(), side.state()));
    }

    static Owes owes(Phase phase, io.nmr.engine.Role role, SideState state) {
        return switch (phase) {
            case OFFERED, ATTACHING, ATTACHING_DOOMED, ACCEPTED, ACCEPTED_DOOMED ->
                    role == io.nmr.engine.Role.CLIENT ? Owes.ATTACH_CALLBACK : Owes.NOTHING;
            case CONNECTING, CONNECTING_DOOMED -> Owes.ATTACH_CALLBACK;
            case ATTACHED, GONE -> Owes.NOTHING;
            case DETACHING, CLEANING -> owes(state);
        };
    }

    private static Owes owes(SideState state) {
        return switch (state) {
            case IDLE, DETACHED, CLEAN, DROPPED -> Owes.NOTHING;
            case DETACH_DUE -> Owes.DETACH_NOTICE;
            case DETACH_CALLED, COMPLETED_EARLY -> Owes.DETACH_CALLBACK;
            case PENDING, LEFT_TO_GATE -> Owes.COMPLETION;
            case CLEANUP_DUE, CLEANUP_CALLED -> Owes.CLEANUP;
        };
    }

    static CallSnapshot call(ThreadInCall call) {
        return new CallSnapshot(role(call.caller()), call.threadId(), call.threadName(), call.stack());
    }
}
