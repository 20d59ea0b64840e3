package io.nmr.typed;

import io.nmr.api.CallChain;
import io.nmr.typed.AttachedProviders.State;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Routes the calls of a client to its attached providers: to all of them, or to those that satisfy a predicate.
 *
 * @param <P> the provider's dispatch table
 */
final class CallRouter<P> implements Caller<P> {

    /** Every provider, without a look at its description. */
    private static final Predicate<ModuleDescription> ANY = provider -> true;

    private final Profile<?, P> client;
    private final AttachedProviders<P> providers;
    private final Predicate<? super ModuleDescription> predicate;
    private final Duration patience;

    CallRouter(Profile<?, P> client, AttachedProviders<P> providers, Duration patience) {
        this(client, providers, ANY, patience);
    }

    private CallRouter(
            Profile<?, P> client,
            AttachedProviders<P> providers,
            Predicate<? super ModuleDescription> predicate,
            Duration patience) {
        this.client = client;
        this.providers = providers;
        this.predicate = predicate;
        this.patience = Objects.requireNonNull(patience, "patience");
    }

    @Override
    public <R, X extends Exception> R call(Call<? super P, ? extends R, X> call) throws X {
        BindingContext<P> first = first();
        Object begun = first == null ? null : CallChain.begin(first);
        BindingContext<P> binding = begun == null ? admit(false) : first;
        try {
            return call.call(binding.dispatch());
        } finally {
            binding.end(begun);
        }
    }

    @Override
    public <R, X extends Exception> R call(DescribedCall<? super P, ? extends R, X> call) throws X {
        BindingContext<P> first = first();
        Object begun = first == null ? null : CallChain.begin(first);
        BindingContext<P> binding = begun == null ? admit(false) : first;
        try {
            return call.call(binding.dispatch(), binding.other());
        } finally {
            binding.end(begun);
        }
    }

    @Override
    public <R> CompletionStage<R> callAsync(DescribedCall<? super P, ? extends CompletionStage<R>, ?> call) {
        BindingContext<P> binding;
        try {
            binding = admit(true);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
        ModuleDescription module = binding.other();
        Scope scope = new Scope(binding);
        P dispatch = client.npi().providerGuards().guard(scope);
        return scope.start(() -> call.call(dispatch, module));
    }

    @Override
    public <T, X extends Exception> Held<T> hold(
            Call<? super P, ? extends T, X> call, Consumer<? super Held<T>> whenDetaching) throws X {
        Objects.requireNonNull(whenDetaching, "whenDetaching");
        BindingContext<P> binding = admit(true);
        T object;
        try {
            object = Objects.requireNonNull(call.call(binding.dispatch()), "nothing to hold");
        } catch (Throwable t) {
            binding.exit();
            throw t;
        }
        Held<T> held = new Held<>(client, providers, binding, object, whenDetaching);
        providers.hold(held);
        return held;
    }

    @Override
    public <X extends Exception> void forEach(DescribedAction<? super P, X> action) throws X {
        Failures failures = new Failures();
        for (BindingContext<P> binding : providers.state().attached()) {
            if (suits(binding)) {
                binding.call((admitted, module) -> action.run(admitted.dispatch(), module), failures);
            }
        }
        failures.<X>throwFirst();
    }

    @Override
    public List<AttachedModule> attached() {
        return providers.state().attached().stream()
                .flatMap(BindingContext::snapshot)
                .filter(module -> predicate.test(module.description()))
                .toList();
    }

    @Override
    public Caller<P> where(Predicate<? super ModuleDescription> other) {
        Objects.requireNonNull(other, "predicate");
        Predicate<? super ModuleDescription> both =
                predicate == ANY ? other : module -> predicate.test(module) && other.test(module);
        return new CallRouter<>(client, providers, both, patience);
    }

    @Override
    public Caller<P> waiting(Duration other) {
        return new CallRouter<>(client, providers, predicate, other);
    }

    /**
     * The provider that a call tries first, or null if it may not suit. Its call begins with {@link CallChain#begin}, which
     * saves a look at the thread's chain when it ends.
     */
    private BindingContext<P> first() {
        List<BindingContext<P>> attached = providers.state().attached();
        int count = attached.size();
        return predicate == ANY && count > 0 ? attached.get(providers.first(count)) : null;
    }

    /** Begins a call of a provider, and waits for one if none takes it; {@link BindingContext#exit} ends the call. */
    private BindingContext<P> admit(boolean async) {
        State<P> seen = providers.state();
        BindingContext<P> binding = tryAdmit(seen, async);
        return binding != null ? binding : admitLater(seen, async);
    }

    private BindingContext<P> tryAdmit(State<P> seen, boolean async) {
        List<BindingContext<P>> attached = seen.attached();
        int count = attached.size();
        int first = providers.first(count);
        for (int i = first; i < first + count; i++) {
            BindingContext<P> binding = attached.get(i < count ? i : i - count);
            if (suits(binding) && tryEnter(binding, async)) {
                return binding;
            }
        }
        return tryAdmitWithin(async);
    }

    /** Only from within a call of the same provider: its detach waits for this thread. */
    private BindingContext<P> tryAdmitWithin(boolean async) {
        for (BindingContext<P> binding : providers.detaching()) {
            if (CallChain.isInside(binding) && suits(binding) && tryEnter(binding, async)) {
                return binding;
            }
        }
        return null;
    }

    private boolean suits(BindingContext<P> binding) {
        if (predicate == ANY) {
            return true;
        }
        ModuleDescription module = binding.other();
        return module != null && predicate.test(module);
    }

    private static boolean tryEnter(BindingContext<?> binding, boolean async) {
        return async ? CallChain.enterAsync(binding) : CallChain.enter(binding);
    }

    private BindingContext<P> admitLater(State<P> first, boolean async) {
        long deadline = System.nanoTime() + Math.max(0, TimeUnit.NANOSECONDS.convert(patience));
        State<P> seen = first;
        while (awaitChange(seen, deadline)) {
            seen = providers.state();
            BindingContext<P> binding = tryAdmit(seen, async);
            if (binding != null) {
                return binding;
            }
        }
        throw refusal(patience.isZero() ? "" : " within " + patience);
    }

    private boolean awaitChange(State<P> seen, long deadline) {
        if (seen.leaving()) {
            throw refusal(", and the client is being deregistered");
        }
        try {
            return providers.awaitChange(seen, deadline);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw refusal(", and the thread was interrupted");
        }
    }

    private NoProviderException refusal(String reason) {
        return new NoProviderException("No attached provider takes the call of " + client + reason);
    }
}
