package io.nmr.benchmarks.call;

import io.nmr.api.CallGate;

/** A guard as one writes it by hand around a {@link CallGate}. */
final class GatedLookup implements Lookup {

    private final CallGate gate;
    private final Lookup provider;

    GatedLookup(CallGate gate, Lookup provider) {
        this.gate = gate;
        this.provider = provider;
    }

    @Override
    public int lookup(int address) {
        int token = gate.enter();
        if (token == CallGate.REFUSED) {
            return DETACHED;
        }
        try {
            return provider.lookup(address);
        } finally {
            gate.exit(token);
        }
    }
}
