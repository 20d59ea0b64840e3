package io.nmr.jmx;

import io.nmr.api.runtime.RegistrarListener;
import io.nmr.api.runtime.RegistrarRuntime;
import java.lang.management.ManagementFactory;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** A registrar that is to be seen in the platform's MBean server, until it is hidden. */
final class Exposed {

    static final String NAME = "io.nmr:type=Registrar";

    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

    private final ObjectName name;
    private final ServiceRegistration<RegistrarListener> listening;

    private Exposed(ObjectName name, ServiceRegistration<RegistrarListener> listening) {
        this.name = name;
        this.listening = listening;
    }

    /**
     * Registers it.
     *
     * @throws JMException if the name is taken, as by another framework in this JVM
     */
    static Exposed expose(BundleContext context, RegistrarRuntime runtime) throws JMException {
        ObjectName name = new ObjectName(NAME);
        RegistrarNotifications notifications = new RegistrarNotifications(name);
        ServiceRegistration<RegistrarListener> listening =
                context.registerService(RegistrarListener.class, notifications, null);
        try {
            SERVER.registerMBean(new RegistrarMBean(new RegistrarView(runtime), notifications), name);
        } catch (JMException e) {
            listening.unregister();
            throw e;
        }
        return new Exposed(name, listening);
    }

    /** Takes it out again. */
    void hide() {
        listening.unregister();
        try {
            SERVER.unregisterMBean(name);
        } catch (InstanceNotFoundException e) {
            System.getLogger(Exposed.class.getName()).log(System.Logger.Level.DEBUG, "somebody else unregistered " + name, e);
        } catch (JMException e) {
            throw new IllegalStateException(name + " cannot be unregistered", e);
        }
    }
}
