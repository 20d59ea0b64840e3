package io.nmr.registrar;

import io.nmr.api.runtime.BundleRef;
import io.nmr.api.ClientCharacteristics;
import io.nmr.api.ProviderCharacteristics;
import io.nmr.api.Registration;
import io.nmr.engine.RegistrarEngine;
import java.util.List;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;

/** The two types that modules are published under. A service may be published under both. */
enum ModuleType {
    CLIENT(ClientCharacteristics.class) {
        @Override
        Registration prepare(RegistrarEngine engine, Object service, BundleRef bundle) {
            return engine.prepareClient((ClientCharacteristics) service, bundle);
        }
    },
    PROVIDER(ProviderCharacteristics.class) {
        @Override
        Registration prepare(RegistrarEngine engine, Object service, BundleRef bundle) {
            return engine.prepareProvider((ProviderCharacteristics) service, bundle);
        }
    };

    private final Class<?> type;

    ModuleType(Class<?> type) {
        this.type = type;
    }

    abstract Registration prepare(RegistrarEngine engine, Object service, BundleRef bundle);

    String typeName() {
        return type.getName();
    }

    boolean isPublishedAs(ServiceReference<?> reference) {
        return List.of((String[]) reference.getProperty(Constants.OBJECTCLASS)).contains(typeName());
    }

    boolean isOurs(Object service) {
        return type.isInstance(service);
    }

    /** The exporter of the type that the registrar is wired to. */
    String ourExporter() {
        return exporter(type);
    }

    /** The exporter of the type of this name that {@code service} implements. */
    String exporterTo(Object service) {
        return supertypes(service.getClass())
                .filter(candidate -> candidate.getName().equals(typeName()))
                .findFirst()
                .map(ModuleType::exporter)
                .orElse("no bundle: it does not implement the type");
    }

    private static Stream<Class<?>> supertypes(Class<?> of) {
        Stream<Class<?>> above = Stream.concat(
                Stream.ofNullable(of.getSuperclass()), Stream.<Class<?>>of(of.getInterfaces()));
        return Stream.concat(Stream.of(of), above.flatMap(ModuleType::supertypes));
    }

    private static String exporter(Class<?> type) {
        Bundle bundle = FrameworkUtil.getBundle(type);
        return bundle == null ? "no bundle" : BundleRefs.of(bundle).toString();
    }
}
