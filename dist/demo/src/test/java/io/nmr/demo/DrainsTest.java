package io.nmr.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DrainsTest {
    private final Drains drains = new Drains();

    @Test
    void updatedBundle_hasARecordForEachVersionInTurn() throws Exception {
        drained("1.0.0", 5);
        drained("2.0.0", 5);
        drained("1.0.0", 5);
        assertThat(taken(5)).isEqualTo("1.0.0");
        assertThat(taken(5)).isEqualTo("2.0.0");
        assertThat(taken(5)).isEqualTo("1.0.0");
        assertThat(taken(5)).isEqualTo("none");
        assertThat(drains.problems()).isEmpty();
    }

    @Test
    void bundles_areToldApart() throws Exception {
        drained("1.0.0", 5);
        drained("1.0.0", 7);
        assertThat(taken(7)).isEqualTo("1.0.0");
        assertThat(taken(7)).isEqualTo("none");
        assertThat(taken(5)).isEqualTo("1.0.0");
        assertThat(drains.problems()).isEmpty();
    }

    @Test
    void secondRecordOfAVersion_isAProblem_takenOrNot() throws Exception {
        drained("1.0.0", 5);
        assertThat(taken(5)).isEqualTo("1.0.0");
        drained("1.0.0", 5);
        assertThat(taken(5)).isEqualTo("none");
        assertThat(drains.problems()).containsExactly("a second drain record of io.nmr.sample.provider 1.0.0 [5]");
    }

    private void drained(String version, int id) {
        drains.line("INFO NMR201 Drained io.nmr.sample.provider " + version + " [" + id
                + "] in 48 ms: modules 1, bindings 1, calls in progress at its start 31");
    }

    private String taken(int id) throws InterruptedException {
        return drains.take(id, Duration.ZERO).map(DrainRecord::version).orElse("none");
    }
}
