package io.nmr.typed.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nmr.api.CallChain;
import io.nmr.typed.guard.zoo.AsyncZoo;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.osgi.util.promise.Deferred;
import org.osgi.util.promise.Promise;
import org.osgi.util.promise.PromiseFactory;

class AsyncGuardTest {

    private final CompletableFuture<String> original = new CompletableFuture<>();
    private final AsyncZoo.OwnFuture own = new AsyncZoo.OwnFuture();
    private final Deferred<String> deferred = new PromiseFactory(Runnable::run).deferred();
    private final Answers answers = new Answers();
    private final TestTracked tracked = TestTracked.of(answers);

    @AfterEach
    void chainIsEmpty() {
        assertThat(CallChain.snapshot()).isEmpty();
        assertThat(tracked.gate().inProgress()).isZero();
    }

    private long inProgress() {
        return tracked.gate().inProgress();
    }

    @ParameterizedTest
    @EnumSource
    void T4_stage_isInProgressUntilTheProvidersOwnCompletes(Way way) {
        CompletableFuture<String> copy = zoo(way).stage(1, "b").toCompletableFuture();
        assertThat(inProgress()).isEqualTo(1);
        assertThat(CallChain.isInside(tracked.gate())).isFalse();

        copy.cancel(true);
        assertThat(inProgress()).isEqualTo(1);
        assertThat(original).isNotDone();

        original.complete("done");
        assertThat(inProgress()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void T4_copy_completesAsTheOriginal(Way way) {
        CompletableFuture<String> copy = zoo(way).future();
        CompletableFuture<Long> seenByDependent = copy.thenApply(value -> inProgress());
        original.complete("done");

        assertThat(copy).isNotSameAs(original).isCompletedWithValue("done");
        assertThat(seenByDependent).isCompletedWithValue(0L);
    }

    @ParameterizedTest
    @EnumSource
    void T4_copy_failsAsTheOriginal(Way way) {
        CompletableFuture<String> copy = zoo(way).future();
        RuntimeException failure = new IllegalStateException("failed");
        original.completeExceptionally(failure);

        assertThatThrownBy(copy::get).hasCause(failure);
    }

    @ParameterizedTest
    @EnumSource
    void T4_widerTypes_areFollowedIfTheyAreStages(Way way) throws Exception {
        AsyncZoo<CompletionStage<String>> zoo = zoo(way);
        Future<String> plain = zoo.plainFuture();
        Object anything = zoo.anything();
        CompletionStage<String> generic = zoo.generic();
        assertThat(inProgress()).isEqualTo(3);

        plain.cancel(true);
        assertThat(inProgress()).isEqualTo(3);
        original.complete("done");
        assertThat(inProgress()).isZero();
        assertThat(((Future<?>) anything).get()).isEqualTo("done");
        assertThat(generic.toCompletableFuture()).isCompletedWithValue("done");
    }

    @ParameterizedTest
    @EnumSource
    void widerTypes_notStages_endAtReturn(Way way) {
        answers.anything = "no stage";

        assertThat(zoo(way).anything()).isEqualTo("no stage");
        assertThat(inProgress()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void T4_narrowerType_isFollowedAsItself(Way way) {
        assertThat(zoo(way).ownFuture()).isSameAs(own);
        assertThat(inProgress()).isEqualTo(1);
        own.complete("done");
    }

    @ParameterizedTest
    @EnumSource
    void T4_minimalStage_isFollowed(Way way) {
        answers.stage = original.minimalCompletionStage();
        CompletableFuture<String> copy = zoo(way).stage(1, "b").toCompletableFuture();
        assertThat(inProgress()).isEqualTo(1);
        original.complete("done");

        assertThat(copy).isCompletedWithValue("done");
    }

    @ParameterizedTest
    @EnumSource
    void T4_promise_isInProgressUntilItIsResolved(Way way) throws Exception {
        Promise<String> promise = zoo(way).promise(1, "b");
        assertThat(inProgress()).isEqualTo(1);
        deferred.resolve("done");

        assertThat(inProgress()).isZero();
        assertThat(promise.getValue()).isEqualTo("done");
    }

    @ParameterizedTest
    @EnumSource
    void T4_promise_failed_ends(Way way) throws Exception {
        Promise<String> promise = zoo(way).promise(1, "b");
        deferred.fail(new IllegalStateException("failed"));

        assertThat(inProgress()).isZero();
        assertThat(promise.getFailure()).hasMessage("failed");
    }

    @ParameterizedTest
    @EnumSource
    void nothingReturned_endsAtOnce(Way way) {
        answers.stage = null;
        answers.promise = null;
        answers.anything = null;

        assertThat(zoo(way).stage(1, "b")).isNull();
        assertThat(zoo(way).promise(1, "b")).isNull();
        assertThat(zoo(way).anything()).isNull();
        assertThat(inProgress()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void exceptionThrown_endsAtOnce(Way way) {
        answers.failure = new IllegalStateException("failed");
        AsyncZoo<CompletionStage<String>> zoo = zoo(way);

        assertThatThrownBy(() -> zoo.stage(1, "b")).isSameAs(answers.failure);
        assertThatThrownBy(() -> zoo.promise(1, "b")).isSameAs(answers.failure);
        assertThatThrownBy(zoo::anything).isSameAs(answers.failure);
    }

    @ParameterizedTest
    @EnumSource
    void stageThatCannotBeFollowed_endsAtOnce(Way way) {
        IllegalStateException failure = new IllegalStateException("not to be followed");
        answers.stage = failing(CompletionStage.class, failure);
        answers.anything = answers.stage;
        answers.promise = failing(Promise.class, failure);
        AsyncZoo<CompletionStage<String>> zoo = zoo(way);

        assertThatThrownBy(() -> zoo.stage(1, "b")).isSameAs(failure);
        assertThatThrownBy(zoo::anything).isSameAs(failure);
        assertThatThrownBy(() -> zoo.promise(1, "b")).isSameAs(failure);
    }

    @ParameterizedTest
    @EnumSource
    void stageThatCompletesTwice_endsTheCallOnce(Way way) {
        original.complete("done");
        answers.stage = new CompletableFuture<>() {
            @Override
            public CompletableFuture<String> whenComplete(
                    BiConsumer<? super String, ? super Throwable> action) {
                action.accept("once", null);
                action.accept("twice", null);
                return this;
            }
        };

        assertThat(zoo(way).stage(1, "b").toCompletableFuture()).isCompletedWithValue("once");
        assertThat(inProgress()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void T6_asyncInsideACall_isAdmittedWhileClosingAndOutlastsIt(Way way) {
        AsyncZoo<CompletionStage<String>> zoo = zoo(way);
        tracked.begin();
        tracked.close(() -> { });
        zoo.stage(1, "b");
        zoo.promise(1, "b");
        tracked.exit();

        assertThat(inProgress()).isEqualTo(2);
        original.complete("done");
        deferred.resolve("done");
    }

    @SuppressWarnings("unchecked")
    private AsyncZoo<CompletionStage<String>> zoo(Way way) {
        return way.guards(AsyncZoo.class).guard(tracked);
    }

    @SuppressWarnings("unchecked")
    private static <S> S failing(Class<?> type, RuntimeException failure) {
        return (S) Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            throw failure;
        });
    }

    private final class Answers implements AsyncZoo<CompletionStage<String>> {

        private CompletionStage<String> stage = original;
        private Promise<String> promise = deferred.getPromise();
        private Object anything = original;
        private RuntimeException failure;

        private <V> V answer(V value) {
            if (failure != null) {
                throw failure;
            }
            return value;
        }

        @Override
        public CompletionStage<String> stage(long a, String b) {
            return answer(stage);
        }

        @Override
        public CompletableFuture<String> future() {
            return answer(original);
        }

        @Override
        public Future<String> plainFuture() {
            return answer(original);
        }

        @Override
        public Object anything() {
            return answer(anything);
        }

        @Override
        public CompletionStage<String> generic() {
            return answer(original);
        }

        @Override
        public AsyncZoo.OwnFuture ownFuture() {
            return answer(own);
        }

        @Override
        public Promise<String> promise(double a, String b) {
            return answer(promise);
        }
    }
}
