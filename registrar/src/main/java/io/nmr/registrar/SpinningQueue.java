package io.nmr.registrar;

import io.nmr.engine.spi.Spin;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The queue of the callback threads. A thread spins before it parks on it, because the callbacks that end a binding follow
 * one another within microseconds. Benchmarks show that it pays where many bundles publish.
 */
@SuppressWarnings("serial") // it is never written
final class SpinningQueue extends LinkedBlockingQueue<Runnable> {

    @Override
    public Runnable take() throws InterruptedException {
        Spin.until(() -> !isEmpty());
        return super.take();
    }
}
