package io.nmr.sample.provider;

import io.nmr.api.ModuleId;
import io.nmr.api.ProviderCharacteristics;
import io.nmr.sample.npi.AddressFamilies;
import io.nmr.sample.npi.AddressLookup;
import io.nmr.sample.npi.LookupNpi;
import io.nmr.sample.npi.TableListener;
import io.nmr.sample.npi.TableListener2;
import io.nmr.typed.NpiProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Optional;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Publishes the provider: all the registration there is (O1). */
public final class Activator implements BundleActivator {

    static final String DELAY = "nmr.sample.delay";
    static final String TABLE = "nmr.sample.table";

    private static final ModuleId MODULE = ModuleId.of("0c9f3f0e-51f4-4f57-8f3b-9a8f3f6b7e21");
    private static final int LONGEST_DELAY = 60_000;
    private static final System.Logger LOG = System.getLogger(Activator.class.getName());

    private TableLookup lookup;

    @Override
    public void start(BundleContext context) throws IOException {
        TableSource source = new TableSource(
                context.getBundle()::getEntry, Optional.ofNullable(context.getProperty(TABLE)).map(Path::of));
        AddressFamilies families = source.families();
        int number = context.getBundle().getVersion().getMajor();
        lookup = new TableLookup(families, delay(context.getProperty(DELAY)), tableAtStart(source));
        NpiProvider<TableListener2, AddressLookup> provider = provider(number, families, lookup);
        context.registerService(ProviderCharacteristics.class, provider, null);
        context.registerService(ReloadCommand.class, new ReloadCommand(source, lookup, provider), commandProperties());
    }

    /** By now the registrar has detached the provider, and no call is in progress (O2). */
    @Override
    public void stop(BundleContext context) {
        lookup.stop();
    }

    /** Implementation 1 knows version 1 of the client's callbacks only (A6). */
    static NpiProvider<TableListener2, AddressLookup> provider(int number, AddressFamilies families, AddressLookup lookup) {
        NpiProvider<TableListener2, AddressLookup> provider =
                NpiProvider.of(LookupNpi.NPI, MODULE, lookup).withNumber(number).withCharacteristics(families);
        return number < 2 ? provider.withClientVersions(TableListener.class) : provider;
    }

    static Duration delay(String milliseconds) {
        if (milliseconds == null) {
            return Duration.ZERO;
        }
        if (milliseconds.matches("[0-9]{1,5}") && Integer.parseInt(milliseconds) <= LONGEST_DELAY) {
            return Duration.ofMillis(Integer.parseInt(milliseconds));
        }
        LOG.log(
                System.Logger.Level.WARNING,
                "{0}=''{1}'': a number of milliseconds from 0 to {2,number,#} is allowed; the default 0 is kept",
                DELAY, milliseconds, LONGEST_DELAY);
        return Duration.ZERO;
    }

    private static PrefixTable tableAtStart(TableSource source) throws IOException {
        try {
            return source.read();
        } catch (IOException | IllegalArgumentException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0}=''{1}'': a CSV file like those in the bundle is allowed; the bundle''s alone are used: {2}",
                    TABLE, source.override().orElse(null), e);
            return source.shipped();
        }
    }

    private static Dictionary<String, Object> commandProperties() {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put("osgi.command.scope", "lookup");
        properties.put("osgi.command.function", "reload");
        return properties;
    }
}
