package io.nmr.itests.kit;

import static io.nmr.itests.kit.Moment.RETURNED;

import io.nmr.itests.module.ModuleActivator;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.wiring.FrameworkWiring;

/** Everything that one test sets up, and {@link #clear} takes down and checks. */
public final class Stage {

    /** A step that may fail. */
    public interface Action {
        void run() throws Exception;
    }

    public final Journal journal = new Journal();
    public final CapturedLog log = new CapturedLog();

    private final Bundle installer;
    private final Bundle system;
    private final List<Bundle> bundles = new CopyOnWriteArrayList<>();
    private final Map<Bundle, Plan> plans = new LinkedHashMap<>();
    private final List<TestModule> modules = new CopyOnWriteArrayList<>();
    private final List<Hold> holds = new CopyOnWriteArrayList<>();
    private final List<Running<?>> running = new CopyOnWriteArrayList<>();
    private final List<String> expected = new ArrayList<>();

    public Stage(BundleContext context) {
        this.installer = context.getBundle();
        this.system = context.getBundle(0);
    }

    /** The valid one, also of a framework that was started again. */
    public BundleContext context() {
        return installer.getBundleContext();
    }

    public Bundle system() {
        return system;
    }

    public Bundle registrar() {
        return Arrays.stream(context().getBundles())
                .filter(bundle -> "io.nmr.registrar".equals(bundle.getSymbolicName()))
                .findFirst()
                .orElseThrow();
    }

    public TestClient client(String name) {
        return add(new TestClient(journal, name));
    }

    public TestProvider provider(String name) {
        return add(new TestProvider(journal, name));
    }

    /** A module that is to be gone, and checked, in the end. */
    public <M extends TestModule> M add(M module) {
        modules.add(module);
        return module;
    }

    public Hold hold(String name) {
        return hold(name, 1);
    }

    /** A callback that is held here may be named as a slow one: that is no trouble. */
    public Hold hold(String name, int threads) {
        expect("NMR301");
        Hold hold = new Hold(name, threads);
        holds.add(hold);
        return hold;
    }

    public <T> Running<T> run(String name, Callable<T> work) {
        Running<T> thread = new Running<>(name, work);
        running.add(thread);
        return thread;
    }

    /** Runs {@code action} on a thread of its own and records that it has RETURNED. */
    public Running<Void> act(String name, Action action) {
        return run(name, () -> {
            action.run();
            journal.add(name, RETURNED);
            return null;
        });
    }

    /** Codes of records that this test leads to; any other about trouble fails it. */
    public void expect(String... codes) {
        expected.addAll(Arrays.asList(codes));
    }

    /** A bundle, installed and started, that publishes these modules. */
    public Bundle publish(String name, TestModule... published) {
        return start(install(name, new Publishing(journal, name, published)));
    }

    public Bundle install(String name, Plan plan) {
        return install(name, plan, jar(name, "1.0.0", plan));
    }

    public Bundle install(String name, Plan plan, InputStream jar) {
        try {
            Bundle bundle = context().installBundle("test:" + name, jar);
            bundles.add(bundle);
            plans.put(bundle, plan);
            return bundle;
        } catch (BundleException e) {
            throw new AssertionError(e);
        }
    }

    /** The jar of a bundle that does what {@code plan} says. */
    public static InputStream jar(String name, String version, Plan plan) {
        return module(name, version, plan).build();
    }

    public static BundleJar module(String name, String version, Plan plan) {
        Plan.put(name, version, plan);
        return new BundleJar(name, version, ModuleActivator.class)
                .header("Import-Package", "org.osgi.framework, io.nmr.itests.kit");
    }

    public Bundle start(Bundle bundle) {
        try {
            bundle.start();
            return bundle;
        } catch (BundleException e) {
            throw new AssertionError(e);
        }
    }

    /** Refreshes these bundles, and with them all that are wired to them; returns when that is done. */
    public void refresh(Bundle... refreshed) {
        CountDownLatch done = new CountDownLatch(1);
        system.adapt(FrameworkWiring.class).refreshBundles(List.of(refreshed), event -> {
            if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
                done.countDown();
            }
        });
        Await.until("the refresh of " + List.of(refreshed), () -> done.getCount() == 0, journal);
    }

    /** Keeps nothing of a bundle that is uninstalled. */
    public void forget(String location) {
        bundles.removeIf(bundle -> bundle.getLocation().equals(location));
        plans.keySet().removeIf(bundle -> bundle.getLocation().equals(location));
    }

    public Publishing plan(Bundle bundle) {
        return (Publishing) plans.get(bundle);
    }

    /** A call through the client, held inside the provider; the test has seen it there. */
    public Running<String> heldCall(TestClient client, TestProvider provider) {
        provider.echoed = hold("the call into " + provider);
        Running<String> call = run("call", () -> client.call("hello"));
        provider.echoed.awaitEntered();
        return call;
    }

    /** A call from the provider, held inside the client; the test has seen it there. */
    public Running<Boolean> heldTell(TestProvider provider, TestClient client) {
        client.heard = hold("the call into " + client);
        Running<Boolean> tell = run("tell", () -> provider.bound().tell("hello"));
        client.heard.awaitEntered();
        return tell;
    }

    /** Takes everything down; then no module is bound, every thread has ended, and nothing unexpected was logged. */
    public void clear() {
        List<Throwable> failures = new ArrayList<>();
        holds.forEach(Hold::release);
        running.forEach(thread -> attempt(thread::join, failures));
        bundles.forEach(bundle -> attempt(() -> uninstall(bundle), failures));
        modules.forEach(module -> attempt(() -> awaitGone(module), failures));
        attempt(this::checkLog, failures);
        log.close();
        Plan.PLANS.clear();
        if (!failures.isEmpty()) {
            AssertionError first = new AssertionError(failures.get(0).getMessage(), failures.get(0));
            failures.stream().skip(1).forEach(first::addSuppressed);
            throw first;
        }
    }

    private static void attempt(Action action, List<Throwable> failures) {
        try {
            action.run();
        } catch (Throwable t) {
            failures.add(t);
        }
    }

    private void uninstall(Bundle bundle) throws BundleException {
        if (system.getState() == Bundle.ACTIVE && bundle.getState() != Bundle.UNINSTALLED) {
            bundle.uninstall();
        }
    }

    /** At once, unless this test has to do with overdue bindings. */
    private void awaitGone(TestModule module) {
        if (expected.contains("NMR202")) {
            Await.until(module + " is cleaned up", () -> {
                try {
                    module.checkAllGone();
                    return true;
                } catch (AssertionError e) {
                    return false;
                }
            }, journal);
        }
        module.checkAllGone();
    }

    private void checkLog() {
        List<String> unexpected = log.troubleBut(expected);
        if (!unexpected.isEmpty()) {
            throw new AssertionError("the registrar reports what it should not: " + unexpected + " in\n" + journal);
        }
    }
}
