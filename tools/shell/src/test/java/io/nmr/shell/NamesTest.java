package io.nmr.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {

    @ParameterizedTest
    @CsvSource({
        "80, io.nmr.sample.provider 1.0.0.SNAPSHOT [12]",
        "33, io.nmr.sample.provider 1.0.0 [12]",
        "32, i.nmr.sample.provider 1.0.0 [12]",
        "25, i.n.s.provider 1.0.0 [12]",
        "20, i.n.s.provider [12]",
        "12, i.n.s.. [12]"
    })
    void bundle_losesFirstWhatItCanBestDoWithout_keepsItsId(int width, String expected) {
        String fitting = Names.fit("io.nmr.sample.provider 1.0.0.SNAPSHOT [12]", width);
        assertThat(fitting).isEqualTo(expected).hasSizeLessThanOrEqualTo(width);
    }

    @Test
    void otherText_losesItsEnd() {
        assertThat(Names.fit("address lookup", 10)).isEqualTo("address ..");
        assertThat(Names.fit("address lookup", 14)).isEqualTo("address lookup");
    }

    @Test
    void nameWithoutPackages_isCut() {
        assertThat(Names.fit("averyveryverylongname 1.0.0 [3]", 16)).isEqualTo("averyveryv.. [3]");
    }
}
