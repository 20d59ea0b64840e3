package io.nmr.engine.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import io.nmr.api.ClientBindingHandle;
import io.nmr.api.ClientCharacteristics;
import io.nmr.api.ModuleId;
import io.nmr.api.NmrStatus;
import io.nmr.api.NpiId;
import io.nmr.api.RegistrationInstance;
import io.nmr.engine.RegistrarEngine;
import io.nmr.engine.state.NetworkModule;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** O3: until when each of some modules is waited for; the clock overflows on the way. */
class DeadlinesTest {

    private static final long BEGIN = Long.MAX_VALUE - 10;

    private final NetworkModule early = module();
    private final NetworkModule late = module();
    private long now = BEGIN;
    private final Deadlines deadlines = new Deadlines(() -> now);

    private static NetworkModule module() {
        RegistrationInstance instance =
                RegistrationInstance.of(new NpiId(new UUID(1, 1)), new ModuleId.Guid(new UUID(2, 2)), 0, null);
        return (NetworkModule) new RegistrarEngine().prepareClient(new LeastClient(instance), null);
    }

    /** A client that is never called. */
    private record LeastClient(RegistrationInstance clientRegistrationInstance) implements ClientCharacteristics {

        @Override
        public NmrStatus attachProvider(ClientBindingHandle handle, Object context, RegistrationInstance provider) {
            return NmrStatus.NOINTERFACE;
        }

        @Override
        public NmrStatus detachProvider(Object bindingContext) {
            return NmrStatus.SUCCESS;
        }
    }

    private static Duration nanos(long nanos) {
        return Duration.ofNanos(nanos);
    }

    @Test
    void O3_deadline_hasPassedAtItsMoment_andNotBefore() {
        deadlines.set(late, nanos(30));
        deadlines.set(early, nanos(20));
        assertThat(deadlines.untilNext()).isEqualTo(20);

        now = BEGIN + 19;
        assertThat(deadlines.untilNext()).isEqualTo(1);
        assertThat(deadlines.passed()).isEmpty();
        assertThat(deadlines.untilNext()).isEqualTo(1);
        now = BEGIN + 20;
        assertThat(deadlines.passed()).containsExactly(early);
        assertThat(deadlines.untilNext()).as("until the other's").isEqualTo(10);
        now = BEGIN + 30;
        assertThat(deadlines.passed()).containsExactly(late, early);
        assertThat(deadlines.untilNext()).as("none is left to look at").isPositive();
    }

    @Test
    void O3_deadlineSetAnew_countsFromThen() {
        deadlines.set(early, nanos(20));
        now = BEGIN + 20;
        deadlines.postpone(early, nanos(5));
        assertThat(deadlines.passed()).isEmpty();
        assertThat(deadlines.untilNext()).isEqualTo(5);
        now = BEGIN + 25;
        assertThat(deadlines.passed()).containsExactly(early);
    }

    @Test
    void O3_longAndNegativeTimeouts_areAsLongAsTheClockCanCount_andNone() {
        deadlines.set(late, Duration.ofSeconds(Long.MAX_VALUE));
        assertThat(deadlines.untilNext()).isEqualTo(Long.MAX_VALUE / 2);
        deadlines.set(early, Duration.ofSeconds(-1));
        assertThat(deadlines.untilNext()).isZero();
        assertThat(deadlines.passed()).containsExactly(early);
    }

    @Test
    void removed_isWaitedForNoLonger_once() {
        deadlines.set(early, nanos(20));
        deadlines.postpone(late, nanos(40));
        assertThat(deadlines.modules()).as("a module without a deadline gets none").containsExactly(early);
        assertThat(deadlines.remove(late)).isFalse();
        assertThat(deadlines.remove(early)).isTrue();
        assertThat(deadlines.remove(early)).isFalse();
        assertThat(deadlines.isEmpty()).isTrue();
        deadlines.set(late, nanos(30));
        assertThat(deadlines.modules()).containsExactly(late);
        assertThat(deadlines.untilNext()).as("not the one that was removed").isEqualTo(30);
    }
}
