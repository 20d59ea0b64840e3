package io.nmr.benchmarks.call;

import io.nmr.api.CallChain;
import io.nmr.api.CallGate;

/** What the generated guard does, written by hand: the gate, and the chain that tells a wait what it is inside of. */
final class ChainedLookup implements Lookup {

    private final CallGate gate;
    private final Lookup provider;

    ChainedLookup(CallGate gate, Lookup provider) {
        this.gate = gate;
        this.provider = provider;
    }

    @Override
    public int lookup(int address) {
        Object begun = CallChain.begin(gate);
        if (begun == null) {
            return DETACHED;
        }
        try {
            return provider.lookup(address);
        } finally {
            CallChain.end(gate, begun);
        }
    }
}
