package io.nmr.jcstress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the document on conformance says of these proofs is what they are today. */
class RecordedNumbersTest {

    private static final Path RECORDED = Path.of("..", "..", "docs", "results", "jcstress.properties");

    @Test
    void theNumbersThatAreRecorded_areThoseOfToday() throws IOException {
        Properties recorded = recorded();
        assertThat(recorded.getProperty("row.01")).endsWith("|" + Effort.QUICK.tests() + ", nothing forbidden");
        assertThat(recorded.getProperty("row.02")).endsWith("|" + Effort.FULL.tests());
        assertThat(recorded.getProperty("row.03")).endsWith("|" + underLincheck().count()
                + ", nothing wrong");
    }

    private static Properties recorded() throws IOException {
        Properties recorded = new Properties();
        try (Reader reader = Files.newBufferedReader(RECORDED)) {
            recorded.load(reader);
        }
        return recorded;
    }

    /** The tests of each model, by their names. */
    private static Stream<String> underLincheck() {
        return Stream.of(CallGateUnderLincheckTest.class, EngineUnderLincheckTest.class)
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(Test.class))
                .map(Method::getName);
    }
}
