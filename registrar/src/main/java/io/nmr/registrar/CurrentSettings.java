package io.nmr.registrar;

import java.time.Duration;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import org.osgi.framework.Constants;

/**
 * The settings in force: those of Config Admin, else the framework properties as they were at the start, else the defaults.
 * A setting is read each time it is needed, so a change takes effect from the next detach on.
 *
 * <p><b>Threading.</b> Any thread reads. Config Admin reports changes one after the other. No lock is held while the log is
 * called.
 */
final class CurrentSettings {

    /** How long Equinox waits by default for the lock of a bundle that another thread stops. */
    private static final Duration EQUINOX_LOCK_TIMEOUT = Duration.ofSeconds(30);

    private final Settings unconfigured;
    private final Duration lockTimeout;
    private final Log log;
    private final Consumer<Settings> changed;
    private volatile Settings current;

    /** {@code changed} is told of each change, in order. */
    CurrentSettings(Function<String, String> frameworkProperties, Consumer<Settings> changed, Log log) {
        this.unconfigured = Settings.read(frameworkProperties, Settings.DEFAULTS, Settings.DEFAULTS, log);
        this.lockTimeout = lockTimeout(frameworkProperties);
        this.log = log;
        this.changed = changed;
        this.current = unconfigured;
        hint();
    }

    /** Null where the framework waits without bound. */
    private static Duration lockTimeout(Function<String, String> frameworkProperties) {
        String vendor = frameworkProperties.apply(Constants.FRAMEWORK_VENDOR);
        if (vendor == null || !vendor.toLowerCase(Locale.ROOT).contains("eclipse")) {
            return null;
        }
        String seconds = frameworkProperties.apply("osgi.module.lock.timeout");
        return seconds != null && seconds.matches("\\d{1,9}")
                ? Duration.ofSeconds(Long.parseLong(seconds))
                : EQUINOX_LOCK_TIMEOUT;
    }

    Settings now() {
        return current;
    }

    /** Takes the configuration of Config Admin; null if it has none, or none any more. */
    void configure(Dictionary<String, ?> configuration) {
        Settings before = current;
        current = configuration == null ? unconfigured : read(configuration);
        if (!current.equals(before)) {
            log.settingsChanged(current);
            changed.accept(current);
            hint();
        }
    }

    private Settings read(Dictionary<String, ?> configuration) {
        Collections.list(configuration.keys()).stream()
                .filter(key -> key.toLowerCase(Locale.ROOT).startsWith("nmr.") && !SettingDefinition.isKnown(key))
                .forEach(log::unknownSetting);
        return Settings.read(configuration::get, unconfigured, current, log);
    }

    private void hint() {
        Duration longest = current.longestDetachTimeout();
        if (lockTimeout != null && longest.compareTo(lockTimeout) >= 0) {
            log.longerThanTheLock(longest, lockTimeout);
        }
    }
}
