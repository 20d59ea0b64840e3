package io.nmr.typed.guard;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Makes guards by reflection, where no class can be generated. */
final class GuardProxy<T> implements Function<Tracked, T> {

    private final Class<T> type;

    GuardProxy(Class<T> type) {
        this.type = type;
    }

    @Override
    public T apply(Tracked tracked) {
        InvocationHandler handler = (proxy, method, arguments) -> method.getDeclaringClass() == Object.class
                ? callOfObject(proxy, tracked, method, arguments)
                : call(tracked, GuardMethod.of(method), arguments);
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static Object callOfObject(Object proxy, Tracked tracked, Method method, Object[] arguments) {
        return switch (method.getName()) {
            case "equals" -> proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> tracked.toString();
        };
    }

    private static Object call(Tracked tracked, GuardMethod method, Object[] arguments) throws Throwable {
        return switch (method.ending()) {
            case RETURN -> callAndExit(tracked, method.method(), arguments);
            case STAGE -> tracked.exitWith((CompletionStage<?>) callAsync(tracked, method.method(), arguments));
            case PERHAPS_STAGE -> tracked.exitWithAny(callAsync(tracked, method.method(), arguments));
            case PROMISE -> exitWithPromise(tracked, callAsync(tracked, method.method(), arguments));
        };
    }

    private static Object callAndExit(Tracked tracked, Method method, Object[] arguments) throws Throwable {
        Object begun = tracked.begin();
        try {
            return invoke(method, tracked.target(), arguments);
        } finally {
            tracked.end(begun);
        }
    }

    private static Object callAsync(Tracked tracked, Method method, Object[] arguments) throws Throwable {
        tracked.enterAsync();
        try {
            return invoke(method, tracked.target(), arguments);
        } catch (Throwable t) {
            tracked.exit();
            throw t;
        }
    }

    private static Object exitWithPromise(Tracked tracked, Object promise) throws Throwable {
        if (promise == null) {
            tracked.exit();
            return null;
        }
        LateExit exit = tracked.exitLater();
        try {
            Class<?> type = Class.forName(GuardMethod.PROMISE, false, promise.getClass().getClassLoader());
            return invoke(type.getMethod("onResolve", Runnable.class), promise, exit);
        } catch (Throwable t) {
            exit.run(); // the promise does not
            throw t;
        }
    }

    private static Object invoke(Method method, Object target, Object... arguments) throws Throwable {
        method.trySetAccessible(); // it may be inherited from an interface that is not public
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
