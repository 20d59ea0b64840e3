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
 * A method of an NPI interface, and how its end is known.
 *
 * @param method the method
 * @param ending how its end is known
 */
record GuardMethod(Method method, Ending ending) {

    /** How the end of a call is known. */
    enum Ending {
        /** It ends as it returns. */
        RETURN,
        /** It returns a {@code CompletionStage} or a {@code CompletableFuture}. */
        STAGE,
        /** It may return one: its type is wider, such as the {@code Object} of an erased generic, or narrower. */
        PERHAPS_STAGE,
        /** It returns an OSGi {@code Promise}, known by its name. */
        PROMISE
    }

    static final String PROMISE = "org.osgi.util.promise.Promise";

    /**
     * All that a guard has to implement: abstract, default and bridge methods, inherited ones too. Not what is
     * {@code Object}'s, which a guard answers for itself.
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
