package io.nmr.benchmarks.call;

import io.nmr.api.CallChain;
import io.nmr.api.CallGate;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/** The peer: what the generated guard does, by a {@code java.lang.reflect.Proxy}. */
final class ProxyLookup {

    private ProxyLookup() {}

    static Lookup of(CallGate gate, Lookup provider) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            if (!CallChain.enter(gate)) {
                return Lookup.DETACHED;
            }
            try {
                return method.invoke(provider, arguments);
            } finally {
                CallChain.exit(gate);
            }
        };
        return (Lookup) Proxy.newProxyInstance(Lookup.class.getClassLoader(), new Class<?>[] {Lookup.class}, handler);
    }
}
