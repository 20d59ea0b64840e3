package io.nmr.typed.guard.zoo;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import org.osgi.util.promise.Promise;

/** Every shape of method that may end after it has returned. */
public interface AsyncZoo<T extends CompletionStage<String>> {

    CompletionStage<String> stage(long a, String b);

    CompletableFuture<String> future();

    Future<String> plainFuture();

    Object anything();

    T generic();

    OwnFuture ownFuture();

    Promise<String> promise(double a, String b);

    /** A subclass of a stage. */
    final class OwnFuture extends CompletableFuture<String> {}
}
