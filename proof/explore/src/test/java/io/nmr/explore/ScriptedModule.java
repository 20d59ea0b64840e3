package io.nmr.explore;

import io.nmr.api.BindingHandle;
import io.nmr.api.ModuleId;
import io.nmr.api.NmrStatus;
import io.nmr.api.Registration;
import io.nmr.api.RegistrationInstance;
import io.nmr.history.ModuleRecorder;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A module that behaves as its conduct says, records what happens to it, and lets others go on inside its callbacks. */
abstract class ScriptedModule {

    /** What its callbacks throw. */
    static final class OnPurpose extends RuntimeException {
        private static final long serialVersionUID = 1;

        OnPurpose(String where) {
            super(where, null, false, false);
        }
    }

    @NotState
    final World world;
    final String name;
    @NotState
    final Conduct conduct;
    @NotState
    final ModuleRecorder recorder;
    final List<Link> links = new ArrayList<>();

    private Registration registration;
    private boolean leaves;
    /** A binding of it was given up: its end is no longer what the history has to prove. */
    private boolean isGivenUp;

    ScriptedModule(World world, String name, Conduct conduct, ModuleRecorder recorder) {
        this.world = world;
        this.name = name;
        this.conduct = conduct;
        this.recorder = recorder;
    }

    abstract Registration prepare();

    /** The other side knows it by its NPI-specific characteristics. */
    final RegistrationInstance instance() {
        return RegistrationInstance.of(world.npi, new ModuleId.Guid(new UUID(0, name.hashCode())), 1, name);
    }

    final Registration prepared() {
        if (registration == null) {
            registration = prepare();
        }
        return registration;
    }

    final void register() {
        world.baton.yield("registers " + name);
        recorder.register(() -> world.subject.register(prepared()));
    }

    final void deregister() {
        world.baton.yield("deregisters " + name);
        leaves = true;
        recorder.deregister(() -> world.subject.deregister(prepared()));
    }

    final void deregisterUnlessLeaving() {
        if (!leaves) {
            deregister();
        }
    }

    final void drain() {
        world.baton.yield("drains " + name);
        leaves = true;
        recorder.deregisters();
        if (world.subject.drainAtOnce(prepared()).isSuccess()) {
            recorder.deregistered();
        }
    }

    /** Goes on when the deregistration is complete; looks before that, which waits for nothing. */
    final void await() {
        world.baton.yield("looks at the end of " + name);
        NmrStatus status = world.subject.awaitAtOnce(prepared());
        if (!status.isSuccess()) {
            var complete = prepared().deregistration().toCompletableFuture();
            world.baton.yieldUntil("awaits the end of " + name, complete::isDone);
        }
        if (isGivenUp) {
            recorder.timedOut();
        } else {
            recorder.deregistered();
        }
    }

    final void giveUp() {
        isGivenUp = true;
    }

    final boolean leaves() {
        return leaves;
    }

    /** Lets a detach end in the way of this module. */
    final NmrStatus detached(Object context) {
        Link link = (Link) context;
        return link.recorder.detach(() -> {
            world.baton.yield("is detached");
            NmrStatus answer = conduct(link);
            world.baton.yield("answers the detach");
            return answer;
        });
    }

    private NmrStatus conduct(Link link) {
        return switch (conduct.detach()) {
            case DRAIN -> link.close();
            case LATER -> pending(link, 1);
            case NEVER -> pending(link, 0);
            case TWICE -> pending(link, 2);
            case EARLY -> {
                link.complete();
                yield NmrStatus.PENDING;
            }
            case EARLY_AND_SUCCESS -> {
                link.complete();
                yield NmrStatus.SUCCESS;
            }
            case THROW -> throw new OnPurpose("detach");
            case NONSENSE -> {
                link.close();
                yield null;
            }
            case LEAVE -> {
                deregisterUnlessLeaving();
                yield link.close();
            }
        };
    }

    private NmrStatus pending(Link link, int completions) {
        for (int i = 0; i < completions; i++) {
            world.actor("completion " + i + " of " + name + " in " + link.recorder.key(), () -> {
                world.baton.yield("completes");
                link.complete();
            });
        }
        return NmrStatus.PENDING;
    }

    final void cleanedUp(Object context) {
        Link link = (Link) context;
        link.recorder.cleanup(() -> {
            world.baton.yield("is cleaned up");
            switch (conduct.cleanup()) {
                case QUIET -> { }
                case THROW -> throw new OnPurpose("cleanup");
                case LEAVE -> deregisterUnlessLeaving();
            }
        });
    }

    final Link link(BindingHandle handle, RegistrationInstance peer) {
        Link link = new Link(this, handle, (String) peer.npiSpecificCharacteristics());
        links.add(link);
        return link;
    }

    @Override
    public String toString() {
        return name;
    }
}
