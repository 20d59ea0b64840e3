package io.nmr.benchmarks.osgi;

import io.nmr.api.ClientCharacteristics;
import io.nmr.benchmarks.binding.Modules;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.InvalidSyntaxException;

/**
 * Time to publish the characteristics of a client and to withdraw them, with those of many others published: in a
 * framework alone, with the registrar, and with what else watches services.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
public class PublishedPair {

    /** How many are published already. */
    @Param({"10", "1000", "10000"})
    public int n;

    @Param({"FELIX", "EQUINOX"})
    public Platform platform;

    @Param({"NOBODY", "LISTENER", "TRACKER", "SCR", "DEPENDENCY_MANAGER", "REGISTRAR"})
    public Consumer consumer;

    /** How many bundles have published them; the last one publishes one more. */
    @Param({"1", "100"})
    public int publishers;

    private final ClientCharacteristics client = Modules.RAW.client(0);
    private Container container;
    private Bundle publisher;
    private long seenBefore;

    @Setup
    public void publish() throws BundleException, IOException, InvalidSyntaxException {
        container = Container.start(platform);
        List<Bundle> bundles = new ArrayList<>();
        for (int i = 0; i < publishers; i++) {
            bundles.add(container.start("publisher" + i));
        }
        consumer.open(container, container.start("consumer").getBundleContext());
        consumer.prepare(bundles.get(0));
        seenBefore = Consumer.SEEN.get() - (consumer == Consumer.NOBODY ? 1 : 0);
        for (int i = 0; i < n; i++) {
            bundles.get(i % publishers)
                    .getBundleContext()
                    .registerService(ClientCharacteristics.class, Modules.RAW.client(0), null);
        }
        publisher = bundles.get(publishers - 1);
    }

    @Benchmark
    public void pair() {
        publisher.getBundleContext()
                .registerService(ClientCharacteristics.class, client, null)
                .unregister();
    }

    @TearDown
    public void stop() throws BundleException, IOException {
        long seen = Consumer.SEEN.get() - seenBefore;
        container.close();
        if (seen < (consumer == Consumer.NOBODY ? 1 : n + 1)) {
            throw new IllegalStateException(consumer + " noticed " + seen + " of at least " + (n + 1) + " publications");
        }
    }
}
