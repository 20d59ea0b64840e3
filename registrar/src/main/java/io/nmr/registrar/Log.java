package io.nmr.registrar;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import io.nmr.engine.BindingSnapshot;
import io.nmr.engine.Effect;
import io.nmr.engine.Incident;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * The records that the registrar writes, each with a code that stays. They go to the {@link System.Logger} of the
 * platform, which both a plain framework's console and Karaf's log show.
 */
final class Log {

    private static final System.Logger LOGGER = System.getLogger("io.nmr.registrar");

    void started(Duration detachTimeout) {
        LOGGER.log(INFO, "NMR101 Registrar started: detach timeout " + detachTimeout.toMillis() + " ms");
    }

    void stopped() {
        LOGGER.log(INFO, "NMR102 Registrar stopped");
    }

    void badSetting(String key, String value, String allowed, long kept) {
        LOGGER.log(WARNING, "NMR103 " + key + " is '" + value + "', but must be " + allowed + "; " + kept + " is kept");
    }

    void refused(String service, BundleName bundle, Exception reason) {
        LOGGER.log(WARNING, "NMR111 Left alone: " + service + " of " + bundle + ": " + reason.getMessage(),
                reason.getCause());
    }

    void foreignType(String service, BundleName bundle, String theirs, String ours) {
        LOGGER.log(WARNING, "NMR112 Left alone: " + service + " of " + bundle + " uses io.nmr.api of " + theirs
                + ", but this registrar uses that of " + ours + ". Wire both to one exporter of io.nmr.api");
    }

    void noService(String service, BundleName bundle, Throwable cause) {
        LOGGER.log(WARNING, "NMR113 Left alone: " + service + " of " + bundle + ": the service could not be got", cause);
    }

    void publishedWhileStopping(String service, BundleName bundle) {
        LOGGER.log(INFO, "NMR114 Left alone: " + service + " of " + bundle + ": its bundle, the framework or the registrar stops");
    }

    void notTheOwner(String what, Object registration, BundleName caller) {
        LOGGER.log(WARNING, "NMR402 Protocol error: " + what + " of " + registration + " by " + caller
                + ", which did not register it, changes nothing");
    }

    void drained(Object what, Duration took, Load load) {
        LOGGER.log(INFO, "NMR201 Drained " + what + " in " + took.toMillis() + " ms: " + load);
    }

    void overdue(Object what, Duration took, Load load, List<BindingSnapshot> remaining) {
        LOGGER.log(WARNING, "NMR202 Overdue: " + what + " goes on stopping after " + took.toMillis() + " ms: " + load
                + "; still detaching: "
                + remaining.stream().map(Log::describe).collect(Collectors.joining("; ")));
    }

    private static String describe(BindingSnapshot binding) {
        String owing = binding.owing()
                .map(side -> side.module() + " owes its completion (" + calls(side.callsInProgress()) + ")")
                .collect(Collectors.joining(" and "));
        return "binding " + binding.id() + " for " + binding.leavingFor().toMillis() + " ms: "
                + (owing.isEmpty() ? notYet(binding) : owing);
    }

    private static String calls(OptionalLong calls) {
        return calls.isPresent() ? "calls in progress " + calls.getAsLong() : "calls not tracked";
    }

    private static String notYet(BindingSnapshot binding) {
        String between = binding.client().module() + " and " + binding.provider().module();
        return switch (binding.phase()) {
            case CLEANING -> "a cleanup callback of " + between + " has not returned";
            case OFFERED, ATTACHING, ATTACHING_DOOMED, CONNECTING, CONNECTING_DOOMED, ACCEPTED, ACCEPTED_DOOMED ->
                    "the attachment of " + between + " is still under way";
            case ATTACHED, DETACHING, GONE -> between + " were about to go on";
        };
    }

    void slowCallback(Effect effect, Duration runningFor, Thread thread) {
        Throwable where = new Throwable("where " + thread.getName() + " is");
        where.setStackTrace(thread.getStackTrace());
        LOGGER.log(WARNING, "NMR301 Slow: " + effect + " has been running for " + runningFor.toMillis()
                + " ms on thread " + thread.getName(), where);
    }

    void incident(Incident incident) {
        String code = switch (incident.kind()) {
            case CALLBACK_FAILED -> "NMR401 Callback failed: ";
            case PROTOCOL_ERROR -> "NMR402 Protocol error: ";
            case POSSIBLE_DEADLOCK -> "NMR403 Possible deadlock: ";
            case EFFECT_REJECTED -> "NMR404 Callback thread not to be had: ";
        };
        LOGGER.log(WARNING, code + incident.message(), incident.cause());
    }

    /** What a drain had to do when it began. */
    record Load(int modules, int bindings, long calls) {

        static Load of(int modules, List<BindingSnapshot> bindings) {
            long calls = bindings.stream()
                    .flatMap(binding -> binding.sides().stream())
                    .mapToLong(side -> side.callsInProgress().orElse(0))
                    .sum();
            return new Load(modules, bindings.size(), calls);
        }

        @Override
        public String toString() {
            return "modules " + modules + ", bindings " + bindings + ", calls in progress at its start " + calls;
        }
    }
}
