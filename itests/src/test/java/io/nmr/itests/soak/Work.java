package io.nmr.itests.soak;

import io.nmr.itests.npi.Words;
import io.nmr.itests.npi.WordsListener;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What modules do when they are called: they compute for a while, and now and then call others meanwhile. */
final class Work implements Words, WordsListener {

    private static final int LONGEST = 20_000;
    private static final int CALLS_BACK_ONCE_IN = 4;

    private final SoakModule module;
    private final Random random;

    Work(SoakModule module) {
        this.module = module;
        this.random = new Random(module.number);
    }

    @Override
    public String say(String text) {
        compute();
        if (random.nextInt(CALLS_BACK_ONCE_IN) == 0) {
            module.call(random);
        }
        return text;
    }

    @Override
    public CompletionStage<String> later(String text) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        module.world.late(() -> answer.complete(text));
        return answer;
    }

    @Override
    public String heard(String text) {
        compute();
        return text;
    }

    private void compute() {
        for (int left = random.nextInt(LONGEST); left > 0; left--) {
            Thread.onSpinWait();
        }
        Thread.yield();
    }
}
