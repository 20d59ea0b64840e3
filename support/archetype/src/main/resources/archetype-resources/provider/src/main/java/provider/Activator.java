#set( $guid = $package.class.forName('java.util.UUID').randomUUID() )
#set( $symbol_dollar = '$' )
package ${package}.provider;

import io.nmr.api.ModuleId;
import io.nmr.api.ProviderCharacteristics;
import io.nmr.typed.NpiProvider;
import org.osgi.annotation.bundle.Header;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import ${package}.Greeter;
import ${package}.GreeterNpi;

/** Publishes the provider; the registrar does the rest, and drains it before this bundle stops. */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${symbol_dollar}{@class}")
public final class Activator implements BundleActivator {

    private static final ModuleId MODULE = ModuleId.of("${guid}");

    @Override
    public void start(BundleContext context) {
        String version = context.getBundle().getVersion().toString();
        Greeter greeter = name -> "Hello, " + name + ", from provider " + version;
        context.registerService(
                ProviderCharacteristics.class, NpiProvider.of(GreeterNpi.NPI, MODULE, greeter), null);
    }

    /** Nothing to do: no call is in progress any more. */
    @Override
    public void stop(BundleContext context) {}
}
