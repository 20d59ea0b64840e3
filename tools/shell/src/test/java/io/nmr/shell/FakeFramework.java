package io.nmr.shell;

import io.nmr.api.runtime.BundleRef;
import io.nmr.api.runtime.RegistrarListener;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.Version;

/** As much of a framework as the commands see. */
final class FakeFramework {

    final List<RegistrarListener> listeners = new CopyOnWriteArrayList<>();
    /** The commands of others; null: none. */
    ServiceReference<?>[] commands;
    private final List<Bundle> bundles = new ArrayList<>();

    BundleContext context() {
        return proxy(BundleContext.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "getBundles" -> bundles.toArray(Bundle[]::new);
            case "getServiceReferences" -> commands;
            case "registerService" -> registered((RegistrarListener) arguments[1]);
            default -> throw new UnsupportedOperationException(method.toString());
        });
    }

    private ServiceRegistration<?> registered(RegistrarListener listener) {
        listeners.add(listener);
        return proxy(ServiceRegistration.class, (proxy, method, arguments) -> unregistered(listener));
    }

    private Object unregistered(RegistrarListener listener) {
        listeners.remove(listener);
        return null;
    }

    FakeBundle install(BundleRef ref, int state) {
        FakeBundle bundle = new FakeBundle(ref, state);
        bundles.add(bundle.proxy());
        return bundle;
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    /** What a bundle does when it is started or stopped. */
    interface Action {

        Action NOTHING = () -> {};

        void run() throws BundleException;
    }

    /** A bundle, and what it does. */
    static final class FakeBundle {

        volatile int state;
        volatile Action onStart = Action.NOTHING;
        volatile Action onStop = Action.NOTHING;
        private final BundleRef ref;

        private FakeBundle(BundleRef ref, int state) {
            this.ref = ref;
            this.state = state;
        }

        private Bundle proxy() {
            return FakeFramework.proxy(Bundle.class, (proxy, method, arguments) -> switch (method.getName()) {
                case "getBundleId" -> ref.id();
                case "getSymbolicName", "toString" -> ref.symbolicName();
                case "getVersion" -> Version.parseVersion(ref.version());
                case "getState" -> state;
                case "start" -> go(onStart, Bundle.ACTIVE);
                case "stop" -> go(onStop, Bundle.RESOLVED);
                default -> throw new UnsupportedOperationException(method.toString());
            });
        }

        /** As a framework does: one at a time. */
        private synchronized Object go(Action action, int to) throws BundleException {
            action.run();
            state = to;
            return null;
        }
    }
}
