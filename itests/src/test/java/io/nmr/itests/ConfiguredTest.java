package io.nmr.itests;

import static org.ops4j.pax.exam.CoreOptions.junitBundles;

import io.nmr.itests.kit.Await;
import java.io.IOException;
import java.util.Dictionary;
import java.util.Hashtable;
import javax.inject.Inject;
import org.junit.After;
import org.junit.Before;
import org.ops4j.pax.exam.Option;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** The registrar with Config Admin, and a configuration that is gone after each test. */
public abstract class ConfiguredTest extends BoundTest {

    @Inject
    private ConfigurationAdmin configurations;

    private Configuration configuration;

    @Override
    @org.ops4j.pax.exam.Configuration
    public Option[] configuration() {
        return new Option[] {
            reactorBundle("configadmin.jar"), reactorBundle("metatype.jar"), registrar(60_000), junitBundles()
        };
    }

    @Before
    public final void open() throws IOException {
        configuration = configurations.getConfiguration("io.nmr.registrar", "?");
    }

    /** The next test begins with what the framework properties say. */
    @After
    public final void delete() throws IOException {
        int before = stage.log.all("NMR104").size();
        boolean set = configuration.getProperties() != null;
        configuration.delete();
        configuration = configurations.getConfiguration("io.nmr.registrar", "?");
        if (set) {
            Await.until("back to the framework properties", () -> stage.log.all("NMR104").size() > before);
        }
    }

    protected final void set(Object... keysAndValues) throws IOException {
        int before = stage.log.all("NMR104").size();
        Dictionary<String, Object> properties = new Hashtable<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            properties.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        configuration.update(properties);
        Await.until("the settings have changed", () -> stage.log.all("NMR104").size() > before, stage.log);
    }
}
