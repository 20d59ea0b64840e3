package io.nmr.typed.guard;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.objectweb.asm.Type;

/**
 * A method of an NPI interface, and how the end of its calls is known.
 *
 * @param ending when a call ends
 */
record GuardMethod(Method method, Ending ending) {

    /** When a call ends. */
    enum Ending {
        /** It ends when the method returns. */
        RETURN,
        /** The method returns a {@code CompletionStage} or a {@code CompletableFuture}. */
        STAGE,
        /** It may return one: its result type is wider, such as the {@code Object} of an erased generic, or narrower. */
        PERHAPS_STAGE,
        /** The method returns an OSGi {@code Promise}, recognised by its name. */
        PROMISE
    }

    static final String PROMISE = "org.osgi.util.promise.Promise";

    /**
     * All methods that a guard implements: abstract, default and bridge methods, also inherited ones. A guard has its own
     * methods of {@code Object}.
     */
    static Collection<GuardMethod> of(Class<?> type) {
        Map<String, GuardMethod> methods = new LinkedHashMap<>();
        for (Method method : type.getMethods()) {
            if (!Modifier.isStatic(method.getModifiers()) && !isOfObject(method)) {
                methods.put(method.getName() + Type.getMethodDescriptor(method), of(method));
            }
        }
        return methods.values();
    }

    static GuardMethod of(Method method) {
        return new GuardMethod(method, ending(method.getReturnType()));
    }

    private static boolean isOfObject(Method method) {
        try {
            return Modifier.isPublic(Object.class
                    .getDeclaredMethod(method.getName(), method.getParameterTypes())
                    .getModifiers());
        } catch (NoSuchMethodException e) {
            return false;
        }
    }

    private static Ending ending(Class<?> returned) {
        if (returned == CompletionStage.class || returned == CompletableFuture.class) {
            return Ending.STAGE;
        }
        if (returned.isAssignableFrom(CompletableFuture.class) || CompletionStage.class.isAssignableFrom(returned)) {
            return Ending.PERHAPS_STAGE;
        }
        return returned.getName().equals(PROMISE) ? Ending.PROMISE : Ending.RETURN;
    }
}
