package io.nmr.typed.guard;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.function.Function;

/** Generates the guard class of one interface, and makes its objects. */
final class GuardClass<T> implements Function<Tracked, T> {

    /** Not a package of this bundle: a guard can reach public types only. */
    private static final String PACKAGE = "nmr.guard.";

    private final Class<T> type;
    private final MethodHandle constructor;

    private GuardClass(Class<T> type, MethodHandle constructor) {
        this.type = type;
        this.constructor = constructor;
    }

    /**
     * Generates, links and verifies the class now, so that a first call cannot fail by it.
     *
     * @throws LinkageError if this virtual machine rejects it
     */
    static <T> GuardClass<T> generate(Class<T> type) throws ReflectiveOperationException {
        String name = PACKAGE + type.getName();
        BridgingLoader loader = new BridgingLoader(type);
        loader.define(name, new GuardWriter(name, type).write());
        Class<?> guard = Class.forName(name, true, loader);
        MethodHandle constructor = MethodHandles.publicLookup()
                .findConstructor(guard, MethodType.methodType(void.class, Tracked.class));
        return new GuardClass<>(
                type, constructor.asType(MethodType.methodType(Object.class, Tracked.class)));
    }

    @Override
    public T apply(Tracked tracked) {
        try {
            return type.cast((Object) constructor.invokeExact(tracked));
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable t) {
            throw new AssertionError("the constructor of a guard threw a checked exception", t);
        }
    }
}
