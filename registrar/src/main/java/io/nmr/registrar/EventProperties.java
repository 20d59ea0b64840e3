package io.nmr.registrar;

import io.nmr.api.runtime.ModuleRef;
import io.nmr.api.runtime.RegistrarEvent;
import io.nmr.api.runtime.RegistrarEvent.OfBinding;
import io.nmr.api.runtime.RegistrarEvent.OfDrain;
import io.nmr.api.runtime.RegistrarEvent.OfIncident;
import io.nmr.api.runtime.RegistrarEvent.OfModule;
import java.util.LinkedHashMap;
import java.util.Map;
import org.osgi.framework.Version;

/**
 * A registrar's event as topic and properties of Event Admin. The properties are the components of its record, flat, with
 * durations in milliseconds. {@code timestamp} and {@code bundle.…} are names of that specification.
 */
final class EventProperties {

    private final Map<String, Object> properties = new LinkedHashMap<>();

    private EventProperties(RegistrarEvent event) {
        put("sequence", event.sequence());
        put("timestamp", event.time().toEpochMilli());
        put("kind", event.kind().name());
    }

    static String topic(RegistrarEvent event) {
        return "io/nmr/" + subject(event) + "/" + event.kind().name();
    }

    private static String subject(RegistrarEvent event) {
        if (event instanceof OfModule) {
            return "module";
        }
        if (event instanceof OfBinding) {
            return "binding";
        }
        return event instanceof OfDrain ? "drain" : "incident";
    }

    static Map<String, Object> of(RegistrarEvent event) {
        EventProperties properties = new EventProperties(event);
        if (event instanceof OfModule of) {
            properties.module("", of.module());
        } else if (event instanceof OfBinding of) {
            properties.binding(of);
        } else if (event instanceof OfDrain of) {
            properties.drain(of);
        } else if (event instanceof OfIncident of) {
            properties.incident(of);
        }
        return properties.properties;
    }

    private void binding(OfBinding event) {
        put("binding", event.binding());
        put("leavingFor", event.leavingFor().toMillis());
        module("client.", event.client());
        module("provider.", event.provider());
    }

    private void drain(OfDrain event) {
        put("drain", event.drain());
        put("what", event.what());
        put("took", event.took().toMillis());
        put("modules", event.modules());
        put("overdue", event.overdue());
    }

    private void incident(OfIncident event) {
        put("rule", event.rule());
        put("message", event.message());
        if (event.module() != null) {
            module("", event.module());
        }
    }

    private void module(String whose, ModuleRef module) {
        put(whose + "module", module.id());
        put(whose + "role", module.role().name());
        put(whose + "npi.id", module.npiId());
        put(whose + "npi.name", module.npiName());
        put(whose + "module.id", module.moduleId());
        put(whose + "number", module.number());
        put(whose + "bundle.id", module.bundle().id());
        put(whose + "bundle.symbolicName", module.bundle().symbolicName());
        put(whose + "bundle.version", Version.parseVersion(module.bundle().version()));
    }

    private void put(String key, Object value) {
        properties.put(key, value);
    }
}
