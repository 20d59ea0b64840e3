package io.nmr.registrar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** An operator finds every record in docs/guide/operating.md. */
class RecordsInTheGuideTest {

    @Test
    void everyRecordThatIsWritten_isInTheGuide() throws IOException {
        Set<String> written = codes("\"(NMR\\d{3}) ", Path.of("src/main/java/io/nmr/registrar/Log.java"));
        assertThat(written).contains("NMR101", "NMR201", "NMR404");
        assertThat(codes("(?m)^\\| (NMR\\d{3}) \\|", Path.of("../docs/guide/operating.md"))).containsAll(written);
    }

    private static Set<String> codes(String pattern, Path file) throws IOException {
        Matcher matcher = Pattern.compile(pattern).matcher(Files.readString(file));
        Set<String> codes = new TreeSet<>();
        while (matcher.find()) {
            codes.add(matcher.group(1));
        }
        return codes;
    }
}
