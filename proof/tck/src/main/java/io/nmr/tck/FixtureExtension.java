package io.nmr.tck;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives each test a {@link Bench} on the fixture of its run, and skips those that the fixture has no words for. */
final class FixtureExtension implements ExecutionCondition, ParameterResolver {

    /** The class name of the fixture. */
    static final String FIXTURE = "nmr.tck.fixture";

    /** How long a test waits for what must come, in ms; 20000 where it is not given. */
    static final String PATIENCE = "nmr.tck.patience";

    private static final Namespace KIT = Namespace.create("io.nmr.tck");

    /** Closed with the run. */
    private record Opened(Fixture fixture) implements Store.CloseableResource {

        @Override
        public void close() throws Exception {
            fixture.close();
        }
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return context.getTestMethod()
                .flatMap(test -> reason(fixture(context).inexpressible(), test.getName()))
                .map(reason -> ConditionEvaluationResult.disabled("not expressible through this fixture: " + reason))
                .orElseGet(() -> ConditionEvaluationResult.enabled("expressible"));
    }

    private static Optional<String> reason(Map<String, String> inexpressible, String test) {
        return Stream.of(test, test.substring(0, test.indexOf('_')))
                .filter(inexpressible::containsKey)
                .map(inexpressible::get)
                .findFirst();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Bench.class;
    }

    @Override
    public Bench resolveParameter(ParameterContext parameter, ExtensionContext context) {
        String patience = context.getConfigurationParameter(PATIENCE).orElse("20000");
        return new Bench(fixture(context), Duration.ofMillis(Long.parseLong(patience)));
    }

    private static Fixture fixture(ExtensionContext context) {
        return context.getRoot()
                .getStore(KIT)
                .getOrComputeIfAbsent(FIXTURE, key -> open(context), Opened.class)
                .fixture();
    }

    private static Opened open(ExtensionContext context) {
        String name = context.getConfigurationParameter(FIXTURE)
                .orElseThrow(() -> new ExtensionConfigurationException(
                        "the configuration parameter " + FIXTURE + " is to name the class of the fixture"));
        try {
            ClassLoader loader = context.getRequiredTestClass().getClassLoader();
            Fixture fixture = (Fixture) Class.forName(name, true, loader).getConstructor().newInstance();
            fixture.open();
            return new Opened(fixture);
        } catch (Exception e) {
            throw new ExtensionConfigurationException("the fixture " + name + " cannot be had", e);
        }
    }
}
