package io.nmr.jmx;

import io.nmr.api.runtime.ModuleRef;
import io.nmr.api.runtime.RegistrarEvent;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.CompositeDataSupport;
import javax.management.openmbean.CompositeType;
import javax.management.openmbean.OpenDataException;
import javax.management.openmbean.OpenType;
import javax.management.openmbean.SimpleType;

/**
 * What an event tells.
 *
 * @param subject module, binding, drain or incident
 * @param message a sentence
 * @param parts what the sentence is made of: numbers, booleans and strings
 */
record EventParts(String subject, String message, Map<String, Object> parts) {

    static EventParts of(RegistrarEvent event) {
        if (event instanceof RegistrarEvent.OfModule module) {
            return of(module);
        }
        if (event instanceof RegistrarEvent.OfBinding binding) {
            return of(binding);
        }
        return event instanceof RegistrarEvent.OfDrain drain ? of(drain) : of((RegistrarEvent.OfIncident) event);
    }

    private static EventParts of(RegistrarEvent.OfModule event) {
        return new EventParts("module", name(event.module()) + ": " + shown(event), parts("module", event.module()));
    }

    private static EventParts of(RegistrarEvent.OfBinding event) {
        Map<String, Object> parts = new LinkedHashMap<>();
        parts.put("binding", event.binding());
        parts.putAll(parts("client", event.client()));
        parts.putAll(parts("provider", event.provider()));
        parts.put("leavingForMillis", event.leavingFor().toMillis());
        String between = "binding " + event.binding() + " of " + name(event.client()) + " and " + name(event.provider());
        return new EventParts("binding", between + ": " + shown(event), parts);
    }

    private static EventParts of(RegistrarEvent.OfDrain event) {
        Map<String, Object> parts = new LinkedHashMap<>();
        parts.put("drain", event.drain());
        parts.put("what", event.what());
        parts.put("tookMillis", event.took().toMillis());
        parts.put("modules", (long) event.modules());
        parts.put("overdue", (long) event.overdue());
        return new EventParts("drain", "drain of " + event.what() + ": " + shown(event), parts);
    }

    private static EventParts of(RegistrarEvent.OfIncident event) {
        Map<String, Object> parts = new LinkedHashMap<>();
        parts.put("rule", event.rule());
        parts.put("message", event.message());
        if (event.module() != null) {
            parts.putAll(parts("module", event.module()));
        }
        return new EventParts("incident", event.message(), parts);
    }

    private static Map<String, Object> parts(String prefix, ModuleRef module) {
        Map<String, Object> parts = new LinkedHashMap<>();
        parts.put(prefix + "Id", module.id());
        parts.put(prefix + "Bundle", module.bundle().toString());
        parts.put(prefix + "Npi", module.npiName());
        return parts;
    }

    private static String name(ModuleRef module) {
        return module.role().name().toLowerCase(Locale.ROOT) + " " + module.bundle();
    }

    private static String shown(RegistrarEvent event) {
        return event.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    CompositeData toCompositeData() {
        String[] names = parts.keySet().toArray(String[]::new);
        OpenType<?>[] types = parts.values().stream().map(EventParts::type).toArray(OpenType<?>[]::new);
        try {
            return new CompositeDataSupport(new CompositeType("io.nmr." + subject, "Parts of the event", names, names, types), parts);
        } catch (OpenDataException e) {
            throw new IllegalStateException("the parts of an event are no open data: " + parts, e);
        }
    }

    private static OpenType<?> type(Object part) {
        return part instanceof Long ? SimpleType.LONG : SimpleType.STRING;
    }
}
