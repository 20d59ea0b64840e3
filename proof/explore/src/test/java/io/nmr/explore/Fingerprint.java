package io.nmr.explore;

import io.nmr.api.CallGate;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;

/**
 * The state of what hangs from some objects, as a hash: which object is which counts, and the values of their fields, but
 * not where they are in memory, nor the numbers that the engine gives out.
 */
final class Fingerprint {

    private static final Set<String> NUMBERS = Set.of(
            "id", "registrations", "bindings", "idlePeriod", "idlePeriods", "registry", "settings");
    private static final Map<Class<?>, List<Field>> FIELDS = new ConcurrentHashMap<>();

    private final Map<Object, Integer> seen = new IdentityHashMap<>();
    private long hash = 17;

    static long of(Object... roots) {
        Fingerprint fingerprint = new Fingerprint();
        for (Object root : roots) {
            fingerprint.add(root);
        }
        return fingerprint.hash;
    }

    private void mix(long value) {
        hash = (hash ^ value) * 0x9E3779B97F4A7C15L;
        hash ^= hash >>> 32;
    }

    private void add(Object value) {
        if (value == null || value instanceof Number || value instanceof String || value instanceof Boolean) {
            mix(Objects.hashCode(value));
        } else if (value instanceof Enum<?> constant) {
            mix(constant.name().hashCode());
        } else if (value instanceof Thread thread) {
            mix(thread.getName().hashCode());
        } else {
            Integer before = seen.putIfAbsent(value, seen.size());
            mix(before == null ? -1 : before);
            if (before == null) {
                addContent(value);
            }
        }
    }

    private void addContent(Object object) {
        if (object instanceof CallGate gate) {
            add(gate.isClosed());
            mix(gate.inProgress());
        } else if (object instanceof Collection<?> elements) {
            mix(elements.size());
            elements.forEach(this::add);
        } else if (object instanceof Map<?, ?> map) {
            mix(map.size());
            map.values().forEach(this::add);
        } else if (object instanceof AtomicBoolean flag) {
            add(flag.get());
        } else if (object instanceof CountDownLatch latch) {
            mix(latch.getCount());
        } else if (object instanceof CompletableFuture<?> future) {
            add(future.isDone());
        } else if (isOfTheEngine(object)) {
            mix(object.getClass().getName().hashCode());
            fields(object.getClass()).forEach(field -> add(get(field, object)));
        }
    }

    /** A lock is free between two steps. */
    private static boolean isOfTheEngine(Object object) {
        Class<?> type = object.getClass();
        return type.getName().startsWith("io.nmr.") && !type.isHidden() && !(object instanceof Lock);
    }

    private static List<Field> fields(Class<?> of) {
        List<Field> known = FIELDS.get(of);
        if (known == null) {
            known = new ArrayList<>();
            for (Class<?> c = of; c != Object.class && c != null; c = c.getSuperclass()) {
                addFields(c, known);
            }
            FIELDS.put(of, known);
        }
        return known;
    }

    private static void addFields(Class<?> of, List<Field> fields) {
        for (Field field : of.getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers()) && !NUMBERS.contains(field.getName())
                    && !field.isAnnotationPresent(NotState.class)) {
                field.setAccessible(true);
                fields.add(field);
            }
        }
    }

    private static Object get(Field field, Object of) {
        try {
            return field.get(of);
        } catch (IllegalAccessException e) {
            throw new AssertionError(field + " was made accessible", e);
        }
    }
}
