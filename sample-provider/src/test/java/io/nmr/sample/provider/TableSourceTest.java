package io.nmr.sample.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nmr.sample.npi.AddressBlock;
import io.nmr.sample.npi.AddressFamily;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableSourceTest {

    private static final String COLUMNS = "prefix,name,rfc,globally reachable\n";

    @TempDir
    private Path folder;

    @Test
    void families_areThoseWithATableInTheBundle() {
        assertThat(new TableSource(Tables.IPV4_ONLY, Optional.empty()).families().families())
                .containsExactly(AddressFamily.IPV4);
        assertThat(new TableSource(Tables.BOTH, Optional.empty()).families().families())
                .containsExactlyInAnyOrder(AddressFamily.values());
    }

    @Test
    void read_override_addsAndReplaces() throws IOException {
        PrefixTable table = read(COLUMNS + "\n# mine\n10.0.0.0/8,Mine,none,False\n8.8.8.0/24,Also mine,none,True\n");

        assertThat(name(table, "10.0.0.1")).contains("Mine");
        assertThat(name(table, "8.8.8.8")).contains("Also mine");
        assertThat(name(table, "127.0.0.1")).contains("Loopback");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10.0.0.0/8,Mine,none,False",
                COLUMNS + "10.0.0.0/8,Mine,none",
                COLUMNS + "10.0.0.0/8,Mine,none,False,",
                COLUMNS + "10.0.0.0/8,Mine,none,maybe",
                COLUMNS + "10.0.0.1/8,Mine,none,False"
            })
    void read_noTable_isRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> read(text)).withMessageContaining("expected");
    }

    @Test
    void read_missingFile_isAnError() {
        TableSource source = new TableSource(Tables.BOTH, Optional.of(folder.resolve("none.csv")));

        assertThatThrownBy(source::read).isInstanceOf(IOException.class).hasMessageContaining("none.csv");
    }

    private PrefixTable read(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("mine.csv"), text);
        return new TableSource(Tables.BOTH, Optional.of(file)).read();
    }

    private static Optional<String> name(PrefixTable table, String address) {
        return table.find(AddressFamily.parse(address).orElseThrow()).map(AddressBlock::name);
    }
}
