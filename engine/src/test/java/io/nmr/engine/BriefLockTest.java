package io.nmr.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a lock must be that is taken again where a wait ends (C3). */
class BriefLockTest {

    private final BriefLock lock = new BriefLock();
    private final Crew crew = new Crew();

    /** On Java 17 the JDK's lock would fail; later ones have seen to it. */
    @Test
    void C3_memoryHasRunOut_theLockIsHadAllTheSame() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx16m",
                        "-XX:+UseG1GC",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        WithoutMemory.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(new File("target/without-memory.log"));
        builder.environment().keySet().removeAll(Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
        Process program = builder.start();
        try {
            assertThat(program.waitFor(50, TimeUnit.SECONDS)).as("it has ended").isTrue();
            assertThat(program.exitValue()).as("see target/without-memory.log").isZero();
        } finally {
            program.destroyForcibly();
        }
    }

    @Test
    void C3_whoFindsItTaken_waitsForIt() {
        lock.lock();
        Crew.Member<Boolean> second = crew.start(() -> {
            lock.lock();
            lock.unlock();
            return true;
        });
        second.awaitBlocked();

        lock.unlock();

        assertThat(second.join()).isTrue();
    }
}
