package io.nmr.typed;

import io.nmr.api.CallChain;
import io.nmr.typed.Bindings.State;
import io.nmr.typed.guard.Guards;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The calls of a client, or those of them that one predicate and one bound hold for.
 *
 * @param <P> the provider's dispatch table
 */
final class Calls<P> implements Caller<P> {

    /** Every provider, without a look at what it says of itself. */
    static final Predicate<ModuleDescription> ANY = provider -> true;

    private final Profile client;
    private final Guards<P> guards;
    private final Bindings<P> bindings;
    private final Predicate<? super ModuleDescription> predicate;
    private final Duration patience;

    Calls(
            Profile client,
            Guards<P> guards,
            Bindings<P> bindings,
            Predicate<? super ModuleDescription> predicate,
            Duration patience) {
        this.client = client;
        this.guards = guards;
        this.bindings = bindings;
        this.predicate = predicate;
        this.patience = patience;
    }

    @Override
    public <R, X extends Exception> R call(Call<? super P, ? extends R, X> call) throws X {
        ClientSide<P> binding = admit(false);
        try {
            return call.call(binding.dispatch());
        } finally {
            binding.exit();
        }
    }

    @Override
    public <R, X extends Exception> R call(DescribedCall<? super P, ? extends R, X> call) throws X {
        ClientSide<P> binding = admit(false);
        try {
            return call.call(binding.dispatch(), binding.other());
        } finally {
            binding.exit();
        }
    }

    @Override
    public <X extends Exception> void run(Action<? super P, X> action) throws X {
        ClientSide<P> binding = admit(false);
        try {
            action.run(binding.dispatch());
        } finally {
            binding.exit();
        }
    }

    @Override
    public <R> CompletionStage<R> callAsync(Call<? super P, ? extends CompletionStage<R>, ?> call) {
        return callAsync((dispatch, module) -> call.call(dispatch));
    }

    @Override
    public <R> CompletionStage<R> callAsync(DescribedCall<? super P, ? extends CompletionStage<R>, ?> call) {
        try {
            return new AsyncCall<>(admit(true), guards).start(call);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public <T, X extends Exception> Held<T> hold(
            Call<? super P, ? extends T, X> call, Consumer<? super Held<T>> whenDetaching) throws X {
        Objects.requireNonNull(whenDetaching, "whenDetaching");
        ClientSide<P> binding = admit(true);
        T object;
        try {
            object = Objects.requireNonNull(call.call(binding.dispatch()), "nothing to hold");
        } catch (Throwable t) {
            binding.exit();
            throw t;
        }
        return Held.of(binding, binding.exitLater(), object, whenDetaching);
    }

    @Override
    public <X extends Exception> void forEach(Action<? super P, X> action) throws X {
        forEach((dispatch, module) -> action.run(dispatch));
    }

    @Override
    public <X extends Exception> void forEach(DescribedAction<? super P, X> action) throws X {
        Failures<X> failures = new Failures<>();
        for (ClientSide<P> binding : bindings.state().attached()) {
            if (suits(binding) && binding.tryEnter()) {
                try {
                    action.run(binding.dispatch(), binding.other());
                } catch (Throwable t) {
                    failures.add(t);
                } finally {
                    binding.exit();
                }
            }
        }
        failures.throwFirst();
    }

    @Override
    public List<AttachedModule> attached() {
        return bindings.state().attached().stream()
                .flatMap(ClientSide::snapshot)
                .filter(module -> predicate.test(module.description()))
                .toList();
    }

    @Override
    public Caller<P> where(Predicate<? super ModuleDescription> other) {
        Objects.requireNonNull(other, "predicate");
        Predicate<? super ModuleDescription> both =
                predicate == ANY ? other : module -> predicate.test(module) && other.test(module);
        return new Calls<>(client, guards, bindings, both, patience);
    }

    @Override
    public Caller<P> waiting(Duration other) {
        return new Calls<>(client, guards, bindings, predicate, Objects.requireNonNull(other, "patience"));
    }

    /** Begins a call of a provider, waiting for one if need be; {@link ClientSide#exit} ends it. */
    private ClientSide<P> admit(boolean async) {
        State<P> seen = bindings.state();
        ClientSide<P> binding = tryAdmit(seen, async);
        return binding != null ? binding : admitLater(seen, async);
    }

    private ClientSide<P> admitLater(State<P> first, boolean async) {
        long deadline = System.nanoTime() + nanos(patience);
        State<P> seen = first;
        while (awaitChange(seen, deadline)) {
            seen = bindings.state();
            ClientSide<P> binding = tryAdmit(seen, async);
            if (binding != null) {
                return binding;
            }
        }
        throw nobody(patience.isZero() ? "" : " within " + patience);
    }

    private boolean awaitChange(State<P> seen, long deadline) {
        if (seen.leaving()) {
            throw nobody(", and the client is being deregistered");
        }
        try {
            return bindings.awaitChange(seen, deadline);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw nobody(", and the thread was interrupted");
        }
    }

    private ClientSide<P> tryAdmit(State<P> seen, boolean async) {
        List<ClientSide<P>> attached = seen.attached();
        int count = attached.size();
        int start = bindings.start(count);
        for (int i = 0; i < count; i++) {
            ClientSide<P> binding = attached.get((start + i) % count);
            if (suits(binding) && tryEnter(binding, async)) {
                return binding;
            }
        }
        return tryAdmitWithin(seen.detaching(), async);
    }

    /** Only from within a call of the very same provider: its detach waits for this thread. */
    private ClientSide<P> tryAdmitWithin(List<ClientSide<P>> detaching, boolean async) {
        for (ClientSide<P> binding : detaching) {
            if (CallChain.isInside(binding) && suits(binding) && tryEnter(binding, async)) {
                return binding;
            }
        }
        return null;
    }

    private boolean suits(ClientSide<P> binding) {
        return predicate == ANY || binding.satisfies(predicate);
    }

    private static boolean tryEnter(ClientSide<?> binding, boolean async) {
        return async ? binding.tryEnterAsync() : binding.tryEnter();
    }

    private static long nanos(Duration patience) {
        Duration longest = Duration.ofNanos(Long.MAX_VALUE / 2);
        return patience.compareTo(longest) > 0 ? longest.toNanos() : patience.toNanos();
    }

    private NoProviderException nobody(String reason) {
        return new NoProviderException("No attached provider takes the call of " + client + reason);
    }
}
