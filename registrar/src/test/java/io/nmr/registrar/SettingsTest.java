package io.nmr.registrar;

import static org.assertj.core.api.Assertions.assertThat;

import io.nmr.api.NpiId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** O3: what can be set, from where, and what follows of a wrong value. */
class SettingsTest {

    private static final NpiId ONE = NpiId.of("11111111-0000-0000-0000-000000000001");
    private static final NpiId OTHER = NpiId.of("11111111-0000-0000-0000-000000000002");

    private final RecordedLog recorded = new RecordedLog();
    private final Map<String, String> framework = new HashMap<>();
    private final List<Settings> changes = new ArrayList<>();

    @BeforeEach
    void record() {
        recorded.start();
    }

    @AfterEach
    void stopRecording() {
        recorded.stop();
    }

    private CurrentSettings settings() {
        return new CurrentSettings(framework::get, changes::add, new Log());
    }

    private Settings started(String key, String value) {
        framework.put(key, value);
        return settings().now();
    }

    private static Dictionary<String, Object> configuration(Object... keysAndValues) {
        Dictionary<String, Object> configuration = new Hashtable<>();
        configuration.put("service.pid", "io.nmr.registrar");
        for (int i = 0; i < keysAndValues.length; i += 2) {
            configuration.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return configuration;
    }

    @Test
    void O3_nothingSet_theDefaults() {
        assertThat(settings().now()).isEqualTo(Settings.DEFAULTS);
        assertThat(Settings.DEFAULTS).isEqualTo(
                new Settings(Duration.ofSeconds(20), Map.of(), OverduePolicy.PROCEED, Duration.ofSeconds(2), 8));
        assertThat(recorded.messages()).isEmpty();
    }

    @Test
    void O3_frameworkProperties_serveWhereNothingIsConfigured() {
        framework.put("nmr.detach.timeout", " 1500 ");
        framework.put("nmr.detach.timeouts", ONE.guid() + "=7, " + OTHER + " = 0 ,");
        framework.put("nmr.detach.overdue", "Interrupt");
        framework.put("nmr.detach.grace", "10");
        framework.put("nmr.callback.threads", "3");

        Settings now = settings().now();

        assertThat(now.detachTimeout(NpiId.of("11111111-0000-0000-0000-000000000009"))).hasMillis(1500);
        assertThat(now.detachTimeout(ONE)).hasMillis(7);
        assertThat(now.detachTimeout(OTHER)).isZero();
        assertThat(now.overdue()).isEqualTo(OverduePolicy.INTERRUPT);
        assertThat(now.grace()).hasMillis(10);
        assertThat(now.callbackThreads()).isEqualTo(3);
        assertThat(recorded.messages()).isEmpty();
    }

    @Test
    void O3_longestTimeout_isLegal() {
        assertThat(started("nmr.detach.timeout", Long.toString(Long.MAX_VALUE)).detachTimeout())
                .isEqualTo(Duration.ofMillis(Long.MAX_VALUE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-1", "1.5", "20s", "99999999999999999999"})
    void O3_wrongTimeout_keepsTheDefaultAndSaysSo(String wrong) {
        assertThat(started("nmr.detach.timeout", wrong).detachTimeout()).hasSeconds(20);
        assertThat(recorded.messages())
                .singleElement()
                .asString()
                .startsWith("NMR103 nmr.detach.timeout is '" + wrong + "', but must be a whole number of milliseconds")
                .endsWith("20000 is kept");
    }

    @ParameterizedTest
    @CsvSource({
        "nmr.detach.timeouts, 11111111-0000-0000-0000-000000000001",
        "nmr.detach.timeouts, nobody=5",
        "nmr.detach.timeouts, 11111111-0000-0000-0000-000000000001=-5",
        "nmr.detach.overdue, kill",
        "nmr.detach.grace, 60001",
        "nmr.callback.threads, 0",
        "nmr.callback.threads, 257",
        "nmr.callback.threads, many",
    })
    void O3_wrongValue_ofAnySetting_keepsTheLastGoodOne(String key, String wrong) {
        framework.put("nmr.detach.timeouts", ONE.guid() + "=3");
        CurrentSettings settings = settings();
        settings.configure(configuration("nmr.callback.threads", 4, "nmr.detach.grace", 5L));
        Settings good = settings.now();

        settings.configure(configuration("nmr.callback.threads", 4, "nmr.detach.grace", 5L, key, wrong));

        assertThat(settings.now()).isEqualTo(good);
        assertThat(recorded.messages()).last().asString().startsWith("NMR103 " + key + " is '" + wrong + "'");
    }

    @Test
    void O3_configuration_goesBeforeFrameworkProperties_keyByKey() {
        framework.put("nmr.detach.timeout", "1500");
        framework.put("nmr.callback.threads", "3");
        CurrentSettings settings = settings();

        settings.configure(configuration("nmr.detach.timeout", 700L));

        assertThat(settings.now().detachTimeout()).hasMillis(700);
        assertThat(settings.now().callbackThreads()).isEqualTo(3);
        assertThat(changes).containsExactly(settings.now());
        assertThat(recorded.messages()).singleElement().asString().startsWith("NMR104").contains("700 ms");
    }

    @Test
    void O3_deletedConfiguration_goesBackToFrameworkProperties() {
        framework.put("nmr.detach.timeout", "1500");
        CurrentSettings settings = settings();
        Settings before = settings.now();
        settings.configure(configuration("nmr.detach.timeout", "700", "nmr.detach.overdue", "wait"));

        settings.configure(null);

        assertThat(settings.now()).isEqualTo(before);
        assertThat(changes).hasSize(2);
    }

    @Test
    void O3_sameConfigurationAgain_changesNothing() {
        CurrentSettings settings = settings();
        settings.configure(null);
        settings.configure(configuration("nmr.detach.timeout", "20000"));

        assertThat(changes).isEmpty();
        assertThat(recorded.messages()).isEmpty();
    }

    @Test
    void O3_unknownKeys_areNamed_othersPeoplesAreNot() {
        settings().configure(configuration("nmr.detach.timout", "5", "NMR.Callback.Threads", "5", "felix.x", "y"));

        assertThat(recorded.messages())
                .singleElement()
                .asString()
                .startsWith("NMR105 No setting is called nmr.detach.timout; there are nmr.detach.timeout, ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "array", "list"})
    void O3_timeoutsOfNpis_inEveryFormOfConfigAdmin(String form) {
        String one = ONE.guid() + "=3";
        String other = OTHER.guid() + "=4";
        Object value = Map.<String, Object>of(
                        "text", one + "," + other, "array", new String[] {one, other}, "list", List.of(one, other))
                .get(form);
        CurrentSettings settings = settings();

        settings.configure(configuration("nmr.detach.timeouts", value));

        assertThat(settings.now().detachTimeouts())
                .isEqualTo(Map.of(ONE, Duration.ofMillis(3), OTHER, Duration.ofMillis(4)));
    }

    @Test
    void O3_longerThanEquinoxWaitsForABundle_isSaid() {
        framework.put("org.osgi.framework.vendor", "Eclipse");
        CurrentSettings settings = settings();
        assertThat(recorded.messages()).isEmpty();

        settings.configure(configuration("nmr.detach.timeouts", ONE.guid() + "=30000"));

        assertThat(recorded.messages()).last().asString().startsWith("NMR106").contains("30000 ms");
    }

    @Test
    void O3_longTimeout_whereTheLockIsLongToo_orTheFrameworkHasNone_isNotSaid() {
        framework.put("nmr.detach.timeout", "45000");
        settings();
        framework.put("org.osgi.framework.vendor", "Eclipse");
        framework.put("osgi.module.lock.timeout", "60");
        settings();
        assertThat(recorded.messages()).isEmpty();
    }

    @Test
    void everySetting_isKnown_andReadFromTheKeyItIsCalledBy() {
        Function<String, Object> nothing = key -> null;
        assertThat(Settings.read(nothing, Settings.DEFAULTS, Settings.DEFAULTS, new Log())).isEqualTo(Settings.DEFAULTS);
        assertThat(SettingDefinition.ALL).hasSize(Settings.class.getRecordComponents().length);
    }

    @Test
    void O3_valueThatThrows_orIsNothingAsAText_keepsTheLastGoodOneToo() {
        for (Object hostile : List.of(new Hostile(null), new Hostile(new UnsupportedOperationException()))) {
            assertThat(SettingDefinition.DETACH_TIMEOUT.read("a key", hostile, Duration.ofMillis(7), new Log())).isEmpty();
            assertThat(recorded.messages()).last().asString().startsWith("NMR103 a key is '").endsWith("; 7 is kept");
        }
    }

    private record Hostile(RuntimeException thrown) {

        @Override
        public String toString() {
            if (thrown != null) {
                throw thrown;
            }
            return null;
        }
    }
}
