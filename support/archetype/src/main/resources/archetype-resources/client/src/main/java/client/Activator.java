#set( $guid = $package.class.forName('java.util.UUID').randomUUID() )
#set( $symbol_dollar = '$' )
package ${package}.client;

import io.nmr.api.ClientCharacteristics;
import io.nmr.api.ModuleId;
import io.nmr.typed.NpiClient;
import java.time.Duration;
import java.util.Dictionary;
import java.util.Hashtable;
import org.osgi.annotation.bundle.Header;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import ${package}.Greeter;
import ${package}.GreeterNpi;

/** Publishes the client, and commands for the shell that use it. */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${symbol_dollar}{@class}")
public final class Activator implements BundleActivator {

    private static final ModuleId MODULE = ModuleId.of("${guid}");

    private GreeterCommands commands;

    @Override
    public void start(BundleContext context) {
        NpiClient<Void, Greeter> client =
                NpiClient.of(GreeterNpi.NPI, MODULE).withPatience(Duration.ofSeconds(5));
        context.registerService(ClientCharacteristics.class, client, null);
        commands = new GreeterCommands(client);
        context.registerService(Object.class, commands, commandProperties());
    }

    private static Dictionary<String, Object> commandProperties() {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put("osgi.command.scope", "greeter");
        properties.put("osgi.command.function", new String[] {"greet", "load", "unload"});
        return properties;
    }

    @Override
    public void stop(BundleContext context) {
        commands.unload();
    }
}
