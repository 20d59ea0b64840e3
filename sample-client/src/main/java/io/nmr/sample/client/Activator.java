package io.nmr.sample.client;

import io.nmr.api.ClientCharacteristics;
import java.io.IOException;
import java.time.Duration;
import java.util.Dictionary;
import java.util.Hashtable;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Publishes the client, which is all the registration there is (O1), and serves it over HTTP. */
public final class Activator implements BundleActivator {

    static final String PORT = "nmr.sample.port";
    static final String PATIENCE = "nmr.sample.patience";
    static final String GATEWAY_PORT = "nmr.sample.gateway.port";

    private static final int DEFAULT_PORT = 8080;
    private static final int DEFAULT_PATIENCE = 5_000;
    private static final int LONGEST_PATIENCE = 60_000;
    private static final System.Logger LOG = System.getLogger(Activator.class.getName());

    private Gateway gateway;

    /** Serves first, because publishing names the port: until then there is no provider, and lookups wait. */
    @Override
    public void start(BundleContext context) throws IOException {
        LookupClient client = new LookupClient(patience(context.getProperty(PATIENCE)));
        gateway = open(port(context.getProperty(PORT)), client);
        gateway.start();
        try {
            context.registerService(ClientCharacteristics.class, client.module(), properties(gateway.port()));
        } catch (RuntimeException e) {
            gateway.stop(); // who fails to start is not stopped
            throw e;
        }
        LOG.log(System.Logger.Level.INFO, "Listening on http://localhost:{0,number,#}/lookup", gateway.port());
    }

    /** By now the registrar has detached the client, and no call is in progress (O2). */
    @Override
    public void stop(BundleContext context) {
        gateway.stop();
    }

    static int port(String value) {
        return number(PORT, value, 0xFFFF, DEFAULT_PORT, "a port from 0 (any that is free) to 65535");
    }

    static Duration patience(String value) {
        return Duration.ofMillis(number(
                PATIENCE, value, LONGEST_PATIENCE, DEFAULT_PATIENCE, "a number of milliseconds from 0 (no waiting) to 60000"));
    }

    private static int number(String name, String value, int greatest, int otherwise, String allowed) {
        if (value == null) {
            return otherwise;
        }
        if (value.matches("[0-9]{1,5}") && Integer.parseInt(value) <= greatest) {
            return Integer.parseInt(value);
        }
        LOG.log(
                System.Logger.Level.WARNING,
                "{0}=''{1}'': {2} is allowed; the default {3,number,#} is kept",
                name, value, allowed, otherwise);
        return otherwise;
    }

    private static Gateway open(int port, LookupClient client) throws IOException {
        try {
            return new Gateway(port, client);
        } catch (IOException e) {
            throw new IOException("The gateway cannot listen on port " + port + ", see the property " + PORT, e);
        }
    }

    private static Dictionary<String, Object> properties(int port) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(GATEWAY_PORT, port);
        return properties;
    }
}
