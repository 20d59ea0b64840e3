package io.nmr.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nmr.api.NmrStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class EffectLineTest {

    private final EffectLine line = new EffectLine();
    private final Effect first = effect();
    private final Effect second = effect();
    private final Effect third = effect();

    private static Effect effect() {
        return new StageCompletion(null, new CompletableFuture<>());
    }

    @Test
    void comesOutInOrder_andCanBeFilledAgain() {
        line.add(first);
        line.add(second);
        assertThat(line.poll()).isSameAs(first);
        line.add(third);
        line.add(first);
        assertThat(line.isEmpty()).isFalse();
        assertThat(List.of(line.poll(), line.poll(), line.poll())).containsExactly(second, third, first);
        assertThat(line.isEmpty()).isTrue();
        assertThat(line.poll()).isNull();
        line.add(second);
        assertThat(line.poll()).isSameAs(second);
    }

    @Test
    void anEffectThatStandsInALine_isNotTakenTwice() {
        line.add(first);
        assertThatThrownBy(() -> line.add(first)).isInstanceOf(AssertionError.class);
        line.add(second);
        assertThatThrownBy(() -> new EffectLine().add(first)).isInstanceOf(AssertionError.class);
    }

    @Test
    void T2_anEffectThatFails_losesNoneOfThoseAfterIt() {
        CompletableFuture<NmrStatus> stage = new CompletableFuture<>();
        List<Incident> incidents = new ArrayList<>();
        EngineSettings settings = new EngineSettings(Effect::run, incidents::add, () -> 0);
        line.add(new StageCompletion(null, null));
        line.add(new StageCompletion(null, stage));
        assertThatThrownBy(() -> Effects.performAll(settings, line)).isInstanceOf(NullPointerException.class);
        assertThat(stage).isCompletedWithValue(NmrStatus.SUCCESS);
        assertThat(incidents).hasSize(1);
    }
}
