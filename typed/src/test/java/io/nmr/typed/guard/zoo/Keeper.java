package io.nmr.typed.guard.zoo;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;

/**
 * Implements a zoo. Each method runs a probe, then returns its argument; or its name, or all arguments, if it has none, or several.
 *
 * @param probe run in every call
 */
public record Keeper(Runnable probe) implements InvocationHandler {

    /** @param zoo loaded by any loader */
    public static <T> T of(Class<T> zoo, Runnable probe) {
        return zoo.cast(Proxy.newProxyInstance(zoo.getClassLoader(), new Class<?>[] {zoo}, new Keeper(probe)));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws IOException {
        probe.run();
        if (method.getName().equals("checked")) {
            throw new IOException("checked");
        }
        if (method.getReturnType() == void.class) {
            return null;
        }
        if (arguments == null) {
            return method.getName();
        }
        return arguments.length == 1 ? arguments[0] : Arrays.deepToString(arguments);
    }
}
