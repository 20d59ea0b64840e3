package io.nmr.shell;

import static java.util.stream.Collectors.joining;

import io.nmr.api.runtime.BindingSnapshot;
import io.nmr.api.runtime.BundleRef;
import io.nmr.api.runtime.ModuleRef;
import io.nmr.api.runtime.RegistrarListener;
import io.nmr.api.runtime.RegistrarRuntime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/**
 * Puts a provider bundle in another's place: starts it, waits until it has all clients of the other, and stops that. Up to
 * that stop everything can be undone, and is if it fails; from then on the new one serves, and nothing is undone.
 */
final class Swap {

    /** Events wake the wait; this is for those that were left out. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private final BundleContext context;
    private final Bundle old;
    private final Bundle fresh;
    private final Deadline deadline;
    private final Takeover takeover;
    private final Refusals refusals;

    Swap(RegistrarRuntime runtime, BundleContext context, Bundle old, Bundle fresh, Duration timeout) {
        this.context = context;
        this.old = old;
        this.fresh = fresh;
        deadline = Deadline.in(timeout);
        takeover = new Takeover(runtime, InstalledBundles.ref(old), InstalledBundles.ref(fresh));
        refusals = new Refusals(InstalledBundles.ref(fresh));
    }

    /**
     * Swaps.
     *
     * @throws IllegalArgumentException if the two bundles are no pair to swap; nothing was done
     * @throws IllegalStateException if it failed; the message says what is so now
     */
    SwapReport run() {
        check();
        ServiceRegistration<RegistrarListener> listening = context.registerService(RegistrarListener.class, refusals, null);
        try {
            start();
            Duration started = deadline.elapsed();
            awaitTakeover();
            return stopOld(started, deadline.elapsed().minus(started));
        } finally {
            listening.unregister();
        }
    }

    private void check() {
        require(old != fresh, "the two are the same bundle: " + name(old));
        require(old.getState() == Bundle.ACTIVE, name(old) + " is not active: there is nothing to take over from it");
        require(takeover.isPossible(), name(old) + " has no provider module that is registered; see nmr:modules");
        require(fresh.getState() == Bundle.INSTALLED || fresh.getState() == Bundle.RESOLVED,
                name(fresh) + " has been started already: stop it, or stop " + name(old) + " yourself");
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    private void start() {
        try {
            BundleStep.start(fresh).await(deadline.left());
        } catch (ExecutionException e) {
            throw new IllegalStateException(name(fresh) + " did not start: " + cause(e.getCause()) + "; " + unchanged());
        } catch (TimeoutException e) {
            throw undone("not in " + Shown.of(deadline.bound()) + ": " + name(fresh) + " is still starting");
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private IllegalStateException interrupted() {
        IllegalStateException undone = undone("interrupted");
        Thread.currentThread().interrupt();
        return undone;
    }

    private void awaitTakeover() {
        try {
            while (!isTakenOver()) {
                List<ModuleRef> missing = takeover.missingClients();
                refusals.among(missing).ifPresent(client -> {
                    throw undone("refused: " + client.bundle() + " and " + name(fresh) + " did not agree to attach");
                });
                if (deadline.isOver()) {
                    throw undone("not in " + Shown.of(deadline.bound()) + ": " + missing(missing));
                }
                refusals.await(min(deadline.left(), LOOK_AGAIN));
            }
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    /**
     * Looks at the old one last: whoever took it away while we looked has taken its clients, too, so none seems to be
     * missing. Then nothing is undone, for the new one may be the only one left.
     */
    private boolean isTakenOver() {
        boolean complete = takeover.isComplete();
        if (takeover.isOvertaken()) {
            throw new IllegalStateException(name(old) + " does not provide any longer what it did: it, or the registrar, was"
                    + " stopped meanwhile, not by this swap; " + name(fresh) + " stays started");
        }
        return complete;
    }

    private String missing(List<ModuleRef> clients) {
        List<String> npis = takeover.missingNpis();
        return !npis.isEmpty()
                ? name(fresh) + " does not provide " + String.join(", ", npis)
                : clients.stream().map(client -> client.bundle().toString()).distinct().collect(joining(", "))
                        + " did not attach to " + name(fresh);
    }

    /** Stops the new one again, and says how that went. */
    private IllegalStateException undone(String reason) {
        return new IllegalStateException(reason + "; " + undo() + "; " + unchanged());
    }

    private String undo() {
        try {
            BundleStep.stop(fresh).await(deadline.bound());
            return name(fresh) + " is stopped again";
        } catch (ExecutionException e) {
            return name(fresh) + " was stopped again, which failed: " + cause(e.getCause());
        } catch (TimeoutException e) {
            return name(fresh) + " is being stopped again, and takes its time: see nmr:drains";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return name(fresh) + " is being stopped again, and nobody waits for that: interrupted";
        }
    }

    private String unchanged() {
        return name(old) + " serves as before";
    }

    private SwapReport stopOld(Duration started, Duration attached) {
        List<ModuleRef> clients = takeover.attached();
        List<BindingSnapshot> bindings = takeover.oldBindings();
        Deadline stopping = Deadline.in(deadline.left());
        try {
            BundleStep.stop(old).await(stopping.left());
        } catch (ExecutionException e) {
            throw inPlace("but stopping " + name(old) + " failed: " + cause(e.getCause()));
        } catch (TimeoutException e) {
            throw inPlace("but " + name(old) + " still stops after " + Shown.of(stopping.elapsed())
                    + ", and goes on with that: see nmr:drains");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw inPlace("but nobody waits for the stop of " + name(old) + ": interrupted; see nmr:drains");
        }
        return new SwapReport(
                InstalledBundles.ref(old),
                InstalledBundles.ref(fresh),
                clients.size(),
                started,
                attached,
                stopping.elapsed(),
                bindings.size(),
                bindings.stream().mapToLong(Swap::calls).sum(),
                takeover.oldBindings().stream().filter(BindingSnapshot::overdue).count());
    }

    private IllegalStateException inPlace(String but) {
        return new IllegalStateException(name(fresh) + " has taken over, " + but);
    }

    private static long calls(BindingSnapshot binding) {
        return binding.sides().stream().mapToLong(side -> side.callsInProgress().orElse(0)).sum();
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static BundleRef name(Bundle bundle) {
        return InstalledBundles.ref(bundle);
    }

    private static String cause(Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
