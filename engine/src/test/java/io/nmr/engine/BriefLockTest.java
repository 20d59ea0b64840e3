package io.nmr.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a lock must be that is taken again where a wait ends (C3). */
class BriefLockTest {

    private final BriefLock lock = new BriefLock();
    private final Crew crew = new Crew();

    @Test
    void C3_memoryHasRunOut_theLockIsHadAllTheSame() throws Exception {
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx16m",
                        "-XX:+UseG1GC",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        WithoutMemory.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(new File("target/without-memory.log"))
                .start();
        try {
            assertThat(program.waitFor(1, TimeUnit.MINUTES)).as("it has ended").isTrue();
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
