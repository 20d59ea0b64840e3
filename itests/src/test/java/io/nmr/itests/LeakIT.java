package io.nmr.itests;

import static io.nmr.itests.kit.Moment.CLEANUP;
import static io.nmr.itests.kit.Moment.CLEANUP_END;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertTrue;

import io.nmr.api.runtime.BindingSnapshot;
import io.nmr.api.runtime.RegistrarRuntime;
import io.nmr.itests.foreign.ForeignCaller;
import io.nmr.itests.foreign.ForeignEcho;
import io.nmr.itests.foreign.ForeignLeaver;
import io.nmr.itests.foreign.ForeignOwer;
import io.nmr.itests.foreign.ForeignSpeaker;
import io.nmr.itests.foreign.ForeignWords;
import io.nmr.itests.kit.Await;
import io.nmr.itests.kit.BundleJar;
import io.nmr.itests.kit.Running;
import io.nmr.itests.kit.TestProvider;
import io.nmr.itests.npi.Frames;
import io.nmr.itests.npi.Words;
import io.nmr.itests.npi.WordsListener;
import io.nmr.itests.npi.WordsNpi;
import java.io.ByteArrayInputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.After;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.BundleWiring;

/** Nothing keeps a bundle that is gone: neither one of its class loaders, nor memory, nor a thread (R7). */
public class LeakIT extends FrameworkTest {

    private static final int ROUNDS = 1_000;
    private static final int WARM = 200;

    /** A bundle, were it kept, would take several times this for each of a hundred; frameworks keep some of their own. */
    private static final long BYTES_A_HUNDRED = 128 * 1024;

    private static final int CLASSES_A_HUNDRED = 50;
    private static final int THREADS = 4;
    private static final String MODULE = "org.osgi.framework, io.nmr.api, io.nmr.typed, io.nmr.itests.npi";

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final Semaphore stays = new Semaphore(0);
    private final AtomicInteger answers = new AtomicInteger();
    private final AtomicInteger stopsAfterTheAnswer = new AtomicInteger();
    private final Queue<Runnable> owed = new ConcurrentLinkedQueue<>();
    private final List<WeakReference<ClassLoader>> gone = new ArrayList<>();
    private byte[] leaver;

    private void startWithThoseThatStay() throws Exception {
        start("60000");
        stage.context().registerService(Consumer.class, (Consumer<String>) this::told, null);
        stage.context().registerService(Executor.class, threads, null);
        stage.context().installBundle(jar("io.nmr.typed.jar")).start();
        stage.install("npi", null, new BundleJar("npi", "1.0.0")
                .header("Export-Package", "io.nmr.itests.npi")
                .header("Import-Package", "io.nmr.api, io.nmr.typed")
                .add(Words.class).add(WordsListener.class).add(WordsNpi.class).add(Frames.class)
                .build());
        stay("echo", ForeignEcho.class);
        stay("caller", ForeignCaller.class);
        stay("words", ForeignWords.class);
        stay("speaker", ForeignSpeaker.class);
        leaver = module("leaver", ForeignLeaver.class, ForeignEcho.class, ForeignCaller.class).build().readAllBytes();
    }

    private static BundleJar module(String name, Class<?> activator, Class<?>... more) {
        BundleJar jar = new BundleJar(name, "1.0.0", activator).header("Import-Package", MODULE);
        addWithMembers(jar, activator);
        for (Class<?> type : more) {
            addWithMembers(jar.add(type), type);
        }
        return jar;
    }

    private static void addWithMembers(BundleJar jar, Class<?> type) {
        for (Class<?> member : type.getDeclaredClasses()) {
            jar.add(member);
        }
    }

    private void stay(String name, Class<?> activator) {
        stage.start(stage.install(name, null, module(name, activator).build()));
    }

    /** No journal of a thousand rounds: that is memory, too. */
    private void told(String event) {
        switch (event) {
            case "leaver stays" -> stays.release();
            case "leaver answers" -> answers.incrementAndGet();
            case "leaver stop" -> stopsAfterTheAnswer.addAndGet(answers.getAndSet(0));
            default -> { }
        }
    }

    /** The speaker that stays calls the newest provider: that of the bundle that leaves. */
    private Future<String> callUnderWay() throws Exception {
        ServiceReference<?> speaker = stage.context()
                .getServiceReferences(Function.class, "(speaker=true)").iterator().next();
        @SuppressWarnings("unchecked")
        Function<String, String> asked = (Function<String, String>) stage.context().getService(speaker);
        return threads.submit(() -> asked.apply("stay"));
    }

    private void comeAndGo(int round) throws Exception {
        Bundle bundle = stage.context().installBundle("test:leaver" + round, new ByteArrayInputStream(leaver));
        bundle.start();
        gone.add(new WeakReference<>(bundle.adapt(BundleWiring.class).getClassLoader()));
        Future<String> call = callUnderWay();
        assertTrue("the call is under way", stays.tryAcquire(Await.SECONDS, TimeUnit.SECONDS));
        bundle.uninstall();
        assertEquals("stay", call.get(Await.SECONDS, TimeUnit.SECONDS));
    }

    /** What there is when nothing more can be collected. */
    private record Level(long heap, long classes, int threads) {

        static Level now() {
            return new Level(
                    heapAfterCollection(),
                    ManagementFactory.getClassLoadingMXBean().getLoadedClassCount(),
                    ManagementFactory.getThreadMXBean().getThreadCount());
        }

        /** Without what threads have taken since: with G1 that is a megabyte at a time. */
        private static long heapAfterCollection() {
            return ManagementFactory.getMemoryPoolMXBeans().stream()
                    .filter(pool -> pool.getType() == MemoryType.HEAP && pool.getCollectionUsage() != null)
                    .mapToLong(pool -> pool.getCollectionUsage().getUsed())
                    .sum();
        }

        boolean isAsLowAs(Level before, int rounds) {
            return heap <= before.heap + rounds / 100 * BYTES_A_HUNDRED
                    && classes <= before.classes + rounds / 100 * CLASSES_A_HUNDRED
                    && threads <= before.threads;
        }
    }

    private void awaitCollected() {
        Await.until("the class loaders are collected of " + gone.size() + " bundles that are gone", () -> {
            System.gc();
            gone.removeIf(loader -> loader.get() == null);
            return gone.isEmpty();
        }, new Object() {
            @Override
            public String toString() {
                return gone.size() + " are kept";
            }
        });
        stage.log.clear();
    }

    @Test
    public void R7_bundleThatCameAndWentAThousandTimes_isNotKept_norIsMemory_norAreThreads() throws Exception {
        startWithThoseThatStay();
        Level warm = null;
        for (int round = 1; round <= ROUNDS; round++) {
            comeAndGo(round);
            if (round == WARM) {
                awaitCollected();
                warm = Level.now();
            }
        }
        awaitCollected();
        Level before = warm;
        Await.until("as low as after " + WARM + " rounds, " + before, () -> {
            System.gc();
            return Level.now().isAsLowAs(before, ROUNDS - WARM);
        }, new Object() {
            @Override
            public String toString() {
                return Level.now().toString();
            }
        });
        assertEquals(ROUNDS, stopsAfterTheAnswer.get());
    }

    /** Its bundle is uninstalled, and its binding overdue, for it has not completed. */
    private WeakReference<ClassLoader> overdueAndUninstalled() throws Exception {
        start("100");
        stage.expect("NMR202");
        stage.context().registerService(Queue.class, owed, null);
        stage.publish("bundle.p", new TestProvider(journal, "P"));
        Bundle ower = stage.install("ower", null, new BundleJar("ower", "1.0.0", ForeignOwer.class)
                .header("Import-Package", "org.osgi.framework, io.nmr.api").build());
        stage.start(ower);
        WeakReference<ClassLoader> loader = new WeakReference<>(ower.adapt(BundleWiring.class).getClassLoader());
        ower.uninstall();
        stage.forget("test:ower");
        assertEquals(1, owed.size());
        assertTrue(runtime().bindings().get(0).overdue());
        return loader;
    }

    private RegistrarRuntime runtime() {
        RegistrarRuntime runtime =
                stage.context().getService(stage.context().getServiceReference(RegistrarRuntime.class));
        assertNotNull(runtime);
        return runtime;
    }

    @Test
    public void R7_overdueBindingOfABundleThatIsGone_isNotKept_onceItCompletes() throws Exception {
        WeakReference<ClassLoader> loader = overdueAndUninstalled();
        Running<Void> completion = stage.act("completion", owed.remove()::run);
        completion.join();
        journal.awaitEvent("P", CLEANUP_END);
        gone.add(loader);
        awaitCollected();
        assertEquals(List.of(), runtime().bindings());
    }

    @Test
    public void R7_overdueBindingOfABundleThatIsGone_isNotKept_onceItIsDropped() throws Exception {
        WeakReference<ClassLoader> loader = overdueAndUninstalled();
        owed.clear();
        System.gc();
        assertNotNull("until then it has to be", loader.get());
        for (BindingSnapshot binding : runtime().bindings()) {
            assertTrue(runtime().drop(binding.id()));
        }
        gone.add(loader);
        awaitCollected();
        assertEquals(List.of(), runtime().bindings());
        assertEquals("nobody is called any more", 0, journal.count("P", CLEANUP));
    }

    @After
    public void endThreads() throws Exception {
        threads.shutdown();
        assertTrue(threads.awaitTermination(Await.SECONDS, TimeUnit.SECONDS));
    }
}
