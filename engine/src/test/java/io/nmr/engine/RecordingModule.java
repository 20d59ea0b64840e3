package io.nmr.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.nmr.api.BindingHandle;
import io.nmr.api.ModuleId;
import io.nmr.api.NmrStatus;
import io.nmr.api.NpiId;
import io.nmr.api.Registration;
import io.nmr.api.RegistrationInstance;
import io.nmr.engine.History.What;
import io.nmr.engine.state.Inspect;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** A module whose callbacks are scripted and recorded. Unscripted, it attaches, detaches at once and cleans up. */
abstract sealed class RecordingModule permits RecordingClient, RecordingProvider {

    final History history;
    final String name;
    final Object registrationContext = new Object();
    final Queue<Link> links = new ConcurrentLinkedQueue<>();
    final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

    RegistrationInstance instance;
    volatile Registration registration;
    volatile boolean leaves;

    volatile String npiName;

    /** Runs first in each callback. */
    volatile Consumer<What> inEveryCallback = what -> { };

    volatile Function<Link, NmrStatus> onDetach = link -> link == null ? NmrStatus.SUCCESS : link.close();
    volatile Consumer<Link> onCleanup = link -> { };

    RecordingModule(History history, String name, NpiId npi) {
        this.history = history;
        this.name = name;
        this.instance = RegistrationInstance.of(npi, new ModuleId.Guid(UUID.randomUUID()), 1, null);
    }

    /** Detaches with PENDING, always; somebody calls {@link Link#complete}. */
    void pend() {
        onDetach = link -> NmrStatus.PENDING;
    }

    /** To be called before it is deregistered by other means than the rig's. */
    void leaves() {
        leaves = true;
        history.recorder(registration).deregisters();
    }

    Link link() {
        assertThat(links).as("links of %s", this).hasSize(1);
        return links.peek();
    }

    List<Link> allLinks() {
        return List.copyOf(links);
    }

    final Link begin(BindingHandle handle, Object context, RegistrationInstance peer) {
        Link link = new Link(this, handle, context, peer);
        links.add(link);
        return link;
    }

    final NmrStatus detached(Object context) {
        Link link = asLink(context);
        Supplier<NmrStatus> callback = () -> history.recorded(What.DETACH, What.DETACH_END, link, () -> {
            probe(What.DETACH, link);
            return onDetach.apply(link);
        });
        return link == null ? callback.get() : link.recorder.detach(callback);
    }

    final void cleanedUp(Object context) {
        Link link = asLink(context);
        Runnable callback = () -> history.recorded(What.CLEANUP, What.CLEANUP_END, link, () -> {
            probe(What.CLEANUP, link);
            if (link != null && link.gate.gate().inProgress() > 0) {
                failures.add(new AssertionError("cleanup of " + link + " with calls in progress"));
            }
            onCleanup.accept(link);
            return null;
        });
        if (link == null) {
            callback.run();
        } else {
            link.recorder.cleanup(callback);
        }
    }

    final void probe(What what, Link link) {
        if (link != null && Inspect.holdsLock(link.handle)) {
            failures.add(new AssertionError(what + " of " + link + " under the lock of the NPI"));
        }
        inEveryCallback.accept(what);
    }

    private static Link asLink(Object context) {
        return context instanceof Link link ? link : null;
    }

    @Override
    public String toString() {
        return name;
    }
}
