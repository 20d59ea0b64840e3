package io.nmr.conformance.mutants;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import io.nmr.conformance.runs.EngineFixture;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs tests of the kit, within this one, on an engine of a class loader of its own. */
final class KitRun implements TestExecutionListener {

    private final List<String> passed = new ArrayList<>();
    private final List<String> failed = new ArrayList<>();
    private final List<Throwable> unlinked = new ArrayList<>();

    /** The kit's tests, in a fixed order. */
    static List<Method> tests() {
        return ReflectionSupport.findAllClassesInPackage("io.nmr.tck", type -> true, name -> name.endsWith("Test"))
                .stream()
                .filter(type -> type.getPackageName().equals("io.nmr.tck"))
                .flatMap(type -> ReflectionSupport.findMethods(
                        type, method -> method.isAnnotationPresent(Test.class), HierarchyTraversalMode.TOP_DOWN).stream())
                .sorted(Comparator.comparing((Method test) -> test.getDeclaringClass().getName())
                        .thenComparing(Method::getName))
                .toList();
    }

    static Stream<Method> testsOf(String rule) {
        return tests().stream().filter(test -> test.getName().startsWith(rule + "_"));
    }

    private KitRun() {}

    /**
     * Runs them one after the other.
     *
     * @param patience how long each waits for what must come: short where it is expected not to
     * @param timeout how long each may take, before it is counted among those that failed
     */
    static KitRun of(Stream<Method> tests, ClassLoader loader, Duration patience, Duration timeout) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(tests.map(test -> in(loader, test)).toList())
                .configurationParameter("nmr.tck.fixture", EngineFixture.class.getName())
                .configurationParameter("nmr.tck.patience", Long.toString(patience.toMillis()))
                .configurationParameter("junit.jupiter.execution.timeout.default", timeout.toMillis() + " ms")
                .configurationParameter("junit.jupiter.execution.timeout.thread.mode.default", "SEPARATE_THREAD")
                .build();
        KitRun run = new KitRun();
        LauncherFactory.create().execute(request, run);
        return run;
    }

    private static DiscoverySelector in(ClassLoader loader, Method test) {
        try {
            return selectMethod(loader.loadClass(test.getDeclaringClass().getName()), test.getName());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void executionFinished(TestIdentifier identifier, TestExecutionResult result) {
        result.getThrowable().filter(LinkageError.class::isInstance).ifPresent(unlinked::add);
        if (identifier.isTest()) {
            List<String> those = result.getThrowable().isPresent() ? failed : passed;
            those.add(identifier.getDisplayName() + result.getThrowable().map(t -> " " + t).orElse(""));
        } else {
            result.getThrowable().ifPresent(t -> failed.add(identifier.getDisplayName() + " " + t));
        }
    }

    List<String> passed() {
        return passed;
    }

    List<String> failed() {
        return failed;
    }

    /** What shows that the classes do not fit together: a test that fails of it proves nothing. */
    List<Throwable> unlinked() {
        return unlinked;
    }
}
