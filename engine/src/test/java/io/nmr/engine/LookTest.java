package io.nmr.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.nmr.api.NpiId;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Reading without the lock beside commits: at every moment at which a commit can begin or end, on chosen threads. */
class LookTest {

    private final Crew crew = new Crew();
    private final Npi npi =
            new Npi(new NpiId(UUID.randomUUID()), new Npis(EngineSettings.plain()));
    private int guarded;
    private int looks;

    @AfterEach
    void everybodyIsDone() {
        crew.join();
    }

    private Void commit() {
        return npi.commit(effects -> {
            guarded++;
            return null;
        });
    }

    @Test
    void noCommit_oneLookIsEnough() {
        commit();
        assertThat(npi.look(() -> guarded + 10 * ++looks)).isEqualTo(11);
    }

    @Test
    void aCommitMeanwhile_whatWasReadBesideItIsReadAgain() {
        int[] seen = npi.look(() -> {
            int first = guarded;
            if (++looks == 1) {
                crew.elsewhere(this::commit);
            }
            return new int[] {first, guarded};
        });
        assertThat(seen).containsExactly(1, 1);
        assertThat(looks).isEqualTo(2);
    }

    @Test
    void aCommitUnderWay_isOutlastedIfItEnds() {
        CountDownLatch ended = new CountDownLatch(1);
        Crew.Member<Integer> reader = npi.commit(effects -> {
            guarded = -1;
            Crew.Member<Integer> reading = crew.start(() -> npi.look(() -> guardedOnce(ended)));
            reading.awaitBlocked();
            guarded = 1;
            return reading;
        });
        ended.countDown();
        assertThat(reader.join()).isEqualTo(1);
    }

    private int guardedOnce(CountDownLatch ended) {
        int seen = guarded;
        try {
            ended.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return seen;
    }

    @Test
    void aCommitThatDoesNotEnd_isNotWaitedFor() {
        int seen = npi.commit(effects -> crew.elsewhere(() -> npi.look(() -> ++looks)));
        assertThat(seen).isEqualTo(Npi.LOOKS + 1);
    }

    @Test
    void aCommitThatFails_isOverToo() {
        try {
            npi.commit(effects -> {
                throw new IllegalStateException("the decision of a test");
            });
        } catch (IllegalStateException e) {
            guarded = 5;
        }
        assertThat(npi.look(() -> guarded + 10 * ++looks)).isEqualTo(15);
    }
}
