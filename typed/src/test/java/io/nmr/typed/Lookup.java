package io.nmr.typed;

import java.io.IOException;
import java.util.concurrent.CompletionStage;

/** The provider's dispatch table of the tests. */
public interface Lookup {

    String find(String key) throws IOException;

    default CompletionStage<String> findAsync(String key) {
        throw new UnsupportedOperationException();
    }

    default Session open() {
        throw new UnsupportedOperationException();
    }

    /** What {@link #open} gives. */
    interface Session extends AutoCloseable {

        String read() throws IOException;

        @Override
        void close() throws IOException;
    }
}
