package io.nmr.registrar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a record of a slow callback shows of the thread that makes it. */
class WhereAThreadIsTest {

    /** Waits inside a class of a loader of its own. */
    public static final class Waiting implements Runnable {

        private final CountDownLatch inside;
        private final CountDownLatch end;

        public Waiting(CountDownLatch inside, CountDownLatch end) {
            this.inside = inside;
            this.end = end;
        }

        @Override
        public void run() {
            inside.countDown();
            try {
                end.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static final class OfItsOwn extends ClassLoader {

        OfItsOwn() {
            super("its own", WhereAThreadIsTest.class.getClassLoader());
        }

        Runnable waiting(CountDownLatch inside, CountDownLatch end) throws Exception {
            String file = "/" + Waiting.class.getName().replace('.', '/') + ".class";
            try (InputStream code = WhereAThreadIsTest.class.getResourceAsStream(file)) {
                byte[] read = code.readAllBytes();
                Class<?> type = defineClass(Waiting.class.getName(), read, 0, read.length);
                return (Runnable) type.getConstructor(CountDownLatch.class, CountDownLatch.class).newInstance(inside, end);
            }
        }
    }

    private WeakReference<ClassLoader> loader;

    private Throwable shown() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        OfItsOwn own = new OfItsOwn();
        loader = new WeakReference<>(own);
        Thread thread = new Thread(own.waiting(inside, end), "slow");
        thread.start();
        inside.await();
        try {
            return Log.where(thread);
        } finally {
            end.countDown();
            thread.join();
        }
    }

    @Test
    void R7_aRecordOfASlowCallback_keepsNoClassOfItsStack() throws Exception {
        Throwable kept = shown();
        assertThat(kept).hasMessage("where slow is");
        assertThat(kept.getStackTrace()).extracting(StackTraceElement::getClassName).contains(Waiting.class.getName());

        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (loader.get() != null && System.nanoTime() < deadline) {
            System.gc();
        }
        assertThat(loader.get()).isNull();
        Reference.reachabilityFence(kept);
    }
}
