package ${package};

import org.osgi.annotation.versioning.ProviderType;

/** What a provider of this NPI does for its clients. */
@ProviderType
public interface Greeter {

    /**
     * Greets.
     *
     * @param name whom
     * @return the greeting
     */
    String greet(String name);
}
