#set( $guid = $package.class.forName('java.util.UUID').randomUUID() )
package ${package};

import io.nmr.api.NpiId;
import io.nmr.typed.Npi;

/** The NPI: its id, its name, and what its providers offer. */
public final class GreeterNpi {

    /** The id is what clients and providers find each other by; it never changes. */
    public static final Npi<Void, Greeter> NPI = Npi.of(NpiId.of("${guid}"), "greeter", Greeter.class);

    private GreeterNpi() {}
}
