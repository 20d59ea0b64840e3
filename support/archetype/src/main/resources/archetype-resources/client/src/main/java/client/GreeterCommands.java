package ${package}.client;

import io.nmr.typed.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import ${package}.Greeter;

/** Commands of Gogo: {@code greeter:greet you}, {@code greeter:load} and {@code greeter:unload}. */
public final class GreeterCommands {

    private static final int THREADS = 4;

    private final Caller<Greeter> greeter;
    private final AtomicLong calls = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private final AtomicReference<RuntimeException> firstFailure = new AtomicReference<>();
    private final List<Thread> callers = new ArrayList<>();
    private volatile boolean loaded;

    GreeterCommands(Caller<Greeter> greeter) {
        this.greeter = greeter;
    }

    /** One call. */
    public void greet(String name) {
        String greeting = greeter.call(provider -> provider.greet(name));
        System.out.println(greeting);
    }

    /** Calls from four threads, one after the other, until told to end. */
    public synchronized void load() {
        if (!loaded) {
            loaded = true;
            calls.set(0);
            failures.set(0);
            firstFailure.set(null);
            for (int i = 0; i < THREADS; i++) {
                Thread caller = new Thread(this::callUntilToldToEnd, "greeter-load-" + i);
                callers.add(caller);
                caller.start();
            }
        }
    }

    private void callUntilToldToEnd() {
        while (loaded) {
            try {
                greeter.call(provider -> provider.greet("you"));
                calls.incrementAndGet();
            } catch (RuntimeException e) {
                failures.incrementAndGet();
                firstFailure.compareAndSet(null, e);
            }
        }
    }

    /** Ends that, and tells how it went. */
    public synchronized void unload() {
        if (loaded) {
            loaded = false;
            callers.forEach(GreeterCommands::join);
            callers.clear();
            System.out.println("calls " + calls + ", failures " + failures);
            RuntimeException first = firstFailure.get();
            if (first != null) {
                System.out.println("the first of them: " + first);
            }
        }
    }

    private static void join(Thread caller) {
        try {
            caller.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
