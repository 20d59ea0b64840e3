package io.nmr.tck;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test of a registrar; what holds after every test is checked after it. */
@ExtendWith(FixtureExtension.class)
abstract class ConformanceTest {

    Bench bench;
    History history;

    @BeforeEach
    final void setUp(Bench bench) {
        this.bench = bench;
        history = bench.history;
    }

    @AfterEach
    final void finish() {
        bench.finish();
    }
}
