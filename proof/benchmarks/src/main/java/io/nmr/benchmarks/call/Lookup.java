package io.nmr.benchmarks.call;

/** What is called: one trivial method of an interface, as a dispatch table has it. Public, as a guard needs it. */
public interface Lookup {

    /** Answers this where a guard does not let the call in. */
    int DETACHED = -1;

    /** One call. */
    int lookup(int address);

    /** The provider. */
    final class Plain implements Lookup {

        private final int network = 7;

        @Override
        public int lookup(int address) {
            return address ^ network;
        }
    }
}
