package io.nmr.registrar;

import io.nmr.api.NpiId;
import io.nmr.api.Registration;
import io.nmr.engine.RegistrarEngine;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.osgi.framework.ServiceReference;

/**
 * How long a stop waits for each module (O3): its own service property decides, else the setting for its NPI, else the
 * setting for all.
 *
 * <p><b>Threading.</b> Any thread.
 */
final class DetachTimeouts {

    /** No setting keeps the framework from stopping for longer. */
    static final Duration LONGEST_AT_FRAMEWORK_STOP = Duration.ofMinutes(2);

    private final RegistrarEngine engine;
    private final CurrentSettings settings;
    private final Log log;
    private final ConcurrentMap<Registration, Duration> own = new ConcurrentHashMap<>();

    DetachTimeouts(RegistrarEngine engine, CurrentSettings settings, Log log) {
        this.engine = engine;
        this.settings = settings;
        this.log = log;
    }

    static Object said(ServiceReference<?> reference) {
        return reference.getProperty(SettingDefinition.DETACH_TIMEOUT.key());
    }

    /** Takes the {@link #said} value of the service of a module; an illegal value changes nothing. */
    void read(Registration module, Object value, Object named) {
        if (value == null) {
            own.remove(module);
            return;
        }
        SettingDefinition.DETACH_TIMEOUT
                .read(SettingDefinition.DETACH_TIMEOUT.key() + " of " + named, value, of(module), log)
                .ifPresent(timeout -> own.put(module, timeout));
    }

    void forget(Registration module) {
        own.remove(module);
    }

    Map<Registration, Duration> of(Collection<Registration> modules, Duration longest) {
        Map<Registration, Duration> timeouts = new LinkedHashMap<>();
        modules.forEach(module -> timeouts.put(module, least(of(module), longest)));
        return timeouts;
    }

    Duration longest(Collection<Registration> modules) {
        Duration longest = Duration.ZERO;
        for (Registration module : modules) {
            Duration timeout = of(module);
            longest = longest.compareTo(timeout) < 0 ? timeout : longest;
        }
        return longest;
    }

    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private Duration of(Registration module) {
        Duration timeout = own.get(module);
        return timeout != null ? timeout : configured(module);
    }

    /** The reference with the NPI is made anew each time, so it is asked for only if the NPI matters. */
    private Duration configured(Registration module) {
        Settings now = settings.now();
        return now.detachTimeouts().isEmpty()
                ? now.detachTimeout()
                : now.detachTimeout(NpiId.of(engine.view().ref(module).orElseThrow().npiId()));
    }
}
