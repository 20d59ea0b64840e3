package io.nmr.guide.faithful;

import io.nmr.api.AttachResult;
import io.nmr.api.CallGate;
import io.nmr.api.ClientBindingHandle;
import io.nmr.api.ClientCharacteristics;
import io.nmr.api.ModuleId;
import io.nmr.api.NmrStatus;
import io.nmr.api.RegistrationInstance;
import io.nmr.guide.npi.Quotes;
import io.nmr.guide.npi.QuotesNpi;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A client in the faithful form: it keeps its bindings itself, and counts its calls with a gate for each. */
public final class FaithfulPortfolio implements ClientCharacteristics {

    private static final ModuleId MODULE = ModuleId.of("5b0f0a52-0c7f-4e7b-9a6a-3a5d8f2c9e07");

    /** Its context of one binding; the provider's dispatch table is there once it is attached. */
    private record Binding(ClientBindingHandle handle, CallGate.Closer closer, Quotes[] quotes) {}

    private final List<Binding> bindings = new CopyOnWriteArrayList<>();

    @Override
    public RegistrationInstance clientRegistrationInstance() {
        return RegistrationInstance.of(QuotesNpi.NPI.id(), MODULE, 1, null);
    }

    @Override
    public NmrStatus attachProvider(ClientBindingHandle handle, Object registrationContext, RegistrationInstance provider) {
        Binding binding = new Binding(handle, CallGate.open(), new Quotes[1]);
        handle.announce(binding.closer()); // so that tools can show the calls in progress
        AttachResult answer = handle.attach(binding, null);
        if (answer instanceof AttachResult.Attached attached) {
            binding.quotes()[0] = (Quotes) attached.dispatch();
            bindings.add(binding);
        }
        return answer.status();
    }

    @Override
    public NmrStatus detachProvider(Object bindingContext) {
        Binding binding = (Binding) bindingContext;
        bindings.remove(binding);
        return binding.closer().close(binding.handle()::detachComplete);
    }

    public Optional<BigDecimal> quote(String symbol) {
        for (Binding binding : bindings) {
            int token = binding.closer().gate().enter();
            if (token != CallGate.REFUSED) {
                try {
                    return Optional.of(binding.quotes()[0].quote(symbol));
                } finally {
                    binding.closer().gate().exit(token);
                }
            }
        }
        return Optional.empty();
    }
}
