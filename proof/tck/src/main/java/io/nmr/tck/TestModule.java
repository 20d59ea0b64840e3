package io.nmr.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nmr.api.BindingHandle;
import io.nmr.api.ModuleId;
import io.nmr.api.NmrStatus;
import io.nmr.api.NpiId;
import io.nmr.api.RegistrationInstance;
import io.nmr.tck.History.What;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Function;

/** A module whose callbacks a test scripts. Unscripted it attaches, detaches when its gate is empty, and cleans up. */
abstract sealed class TestModule permits TestClient, TestProvider {

    final History history;
    final String name;
    final Object registrationContext = new Object();

    RegistrationInstance instance;
    volatile Registered registered;
    volatile boolean leaving;
    volatile Function<Link, NmrStatus> onDetach = link -> link == null ? NmrStatus.SUCCESS : link.close();
    volatile Consumer<Link> onCleanup = link -> { };

    private final Queue<Link> links = new ConcurrentLinkedQueue<>();

    TestModule(History history, String name, NpiId npi) {
        this.history = history;
        this.name = name;
        this.instance = RegistrationInstance.of(npi, new ModuleId.Guid(UUID.randomUUID()), 1, null);
    }

    abstract Registered registerWith(Fixture fixture);

    /** Answers PENDING to every detach; the test calls {@link Link#complete}. */
    void pend() {
        onDetach = link -> NmrStatus.PENDING;
    }

    /** The views of everything that was offered, in order. */
    List<Link> links() {
        return List.copyOf(links);
    }

    /** Keeps nothing of its bindings. */
    void forget() {
        links.clear();
    }

    Link link() {
        assertEquals(1, links.size(), () -> "links of " + this + ": " + history);
        return links.peek();
    }

    final Link begin(BindingHandle handle, Object context, RegistrationInstance peer) {
        Link link = new Link(this, links.size() + 1, handle, context, peer);
        links.add(link);
        return link;
    }

    final NmrStatus detached(Object context) {
        Link link = asLink(context);
        return history.callback(What.DETACH, What.DETACH_END, this, link, () -> onDetach.apply(link));
    }

    final void cleanedUp(Object context) {
        Link link = asLink(context);
        history.callback(What.CLEANUP, What.CLEANUP_END, this, link, () -> {
            onCleanup.accept(link);
            return null;
        });
    }

    private static Link asLink(Object context) {
        return context instanceof Link link ? link : null;
    }

    @Override
    public String toString() {
        return name;
    }
}
