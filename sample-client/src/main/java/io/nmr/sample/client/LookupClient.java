package io.nmr.sample.client;

import io.nmr.api.AttachResult;
import io.nmr.api.AttachResult.Attached;
import io.nmr.api.CallGate;
import io.nmr.api.ClientBindingHandle;
import io.nmr.api.ClientCharacteristics;
import io.nmr.api.ModuleId;
import io.nmr.api.NmrStatus;
import io.nmr.api.RegistrationInstance;
import io.nmr.sample.npi.AddressBlock;
import io.nmr.sample.npi.AddressFamilies;
import io.nmr.sample.npi.LookupNpi;
import io.nmr.sample.npi.TableListener;
import io.nmr.sample.npi.TableListener2;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The client module: attaches to every provider of the NPI and calls the newest that takes the call.
 *
 * <p><b>Threading.</b> Any thread may call; {@link #lookup} blocks as long as the provider does.
 */
final class LookupClient implements ClientCharacteristics {

    private static final ModuleId MODULE = ModuleId.of("f2a4d6c8-7b1e-4c39-a5d0-1e2f3a4b5c6d");
    private static final Comparator<Binding> NEWEST_FIRST = Comparator.comparingLong(Binding::number).reversed();

    /** Replaced, never changed; newest first. */
    private volatile List<Binding> bindings = List.of();

    @Override
    public RegistrationInstance clientRegistrationInstance() {
        return RegistrationInstance.of(LookupNpi.ID, MODULE, 1, null);
    }

    @Override
    public NmrStatus attachProvider(ClientBindingHandle handle, Object registrationContext, RegistrationInstance provider) {
        if (!(provider.npiSpecificCharacteristics() instanceof AddressFamilies families)) {
            return NmrStatus.NOINTERFACE; // A2
        }
        Binding binding = new Binding(handle, provider.number(), families);
        handle.announce(binding.closer());
        AttachResult answer = handle.attach(binding, (TableListener2) binding::tableChanged);
        if (answer.status().equals(NmrStatus.NOINTERFACE)) {
            answer = handle.attach(binding, (TableListener) binding::tableChanged); // A6
        }
        if (answer instanceof Attached attached) {
            binding.attached(attached.dispatch());
            add(binding);
        }
        return answer.status(); // A7
    }

    @Override
    public NmrStatus detachProvider(Object bindingContext) {
        Binding binding = (Binding) bindingContext;
        remove(binding);
        return binding.closer().close(binding.handle()::detachComplete);
    }

    @Override
    public void cleanupClientBindingContext(Object bindingContext) {
        ((Binding) bindingContext).free();
    }

    /** Looks {@code address} up; empty if no attached provider takes the call. */
    Optional<Answer> lookup(InetAddress address) {
        return enter(address).map(call -> call.lookup(address));
    }

    /** As {@link #lookup}, without blocking; the call is in progress until the provider's stage completes (D7). */
    Optional<CompletionStage<Answer>> lookupAsync(InetAddress address) {
        return enter(address).map(call -> call.lookupAsync(address));
    }

    /** The bindings that take calls, newest first. */
    List<Binding> bindings() {
        return bindings;
    }

    /**
     * Begins a call of the first provider that admits it. A binding that refuses began to detach after the list was read;
     * another may have attached in the meantime, so a list that has changed is read again.
     */
    private Optional<Call> enter(InetAddress address) {
        List<Binding> seen;
        do {
            seen = bindings;
            for (Binding binding : seen) {
                int token = binding.families().serve(address) ? binding.gate().enter() : CallGate.REFUSED;
                if (token != CallGate.REFUSED) {
                    return Optional.of(new Call(binding, token));
                }
            }
        } while (seen != bindings);
        return Optional.empty();
    }

    private synchronized void add(Binding binding) {
        List<Binding> next = new ArrayList<>(bindings);
        next.add(0, binding); // of equal numbers, the one attached last
        next.sort(NEWEST_FIRST);
        bindings = List.copyOf(next);
    }

    private synchronized void remove(Binding binding) {
        List<Binding> next = new ArrayList<>(bindings);
        next.remove(binding);
        bindings = List.copyOf(next);
    }

    /** A call that was admitted: it ends exactly once, whether it succeeds or fails, and is never repeated elsewhere. */
    private record Call(Binding binding, int token) {

        Answer lookup(InetAddress address) {
            try {
                return answer(binding.lookup().lookup(address));
            } finally {
                exit();
            }
        }

        CompletionStage<Answer> lookupAsync(InetAddress address) {
            try {
                return binding.lookup()
                        .lookupAsync(address)
                        .whenComplete((block, failure) -> exit())
                        .thenApply(this::answer);
            } catch (RuntimeException | Error e) {
                exit(); // no stage, no completion
                throw e;
            }
        }

        private Answer answer(Optional<AddressBlock> block) {
            return new Answer(binding.number(), block);
        }

        private void exit() {
            binding.gate().exit(token);
        }
    }
}
