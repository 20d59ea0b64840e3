package io.nmr.sample.client;

import io.nmr.api.AttachResult;
import io.nmr.api.CallGate;
import io.nmr.api.ClientBindingHandle;
import io.nmr.api.ModuleId;
import io.nmr.api.NmrStatus;
import io.nmr.api.RegistrationInstance;
import io.nmr.sample.npi.AddressBlock;
import io.nmr.sample.npi.AddressFamilies;
import io.nmr.sample.npi.AddressFamily;
import io.nmr.sample.npi.AddressLookup;
import io.nmr.sample.npi.GloballyReachable;
import io.nmr.sample.npi.LookupNpi;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A provider and, at the same time, the handle that the registrar would give the client for it. */
final class FakeProvider implements ClientBindingHandle, AddressLookup {

    final RegistrationInstance instance;
    final List<Object> offered = new CopyOnWriteArrayList<>();
    final AtomicInteger calls = new AtomicInteger();
    final AtomicInteger completions = new AtomicInteger();

    Function<Object, NmrStatus> judge = dispatch -> NmrStatus.SUCCESS;
    Function<InetAddress, Optional<AddressBlock>> table = address -> Optional.of(block(address));
    CompletableFuture<Optional<AddressBlock>> stage = new CompletableFuture<>();
    CallGate.Closer announced;
    Object clientContext;

    private FakeProvider(long number, Object characteristics) {
        ModuleId module = ModuleId.of("00000000-0000-0000-0000-000000000001");
        instance = RegistrationInstance.of(LookupNpi.ID, module, number, characteristics);
    }

    static FakeProvider of(long number, AddressFamily... families) {
        return new FakeProvider(number, new AddressFamilies(Set.of(families)));
    }

    static FakeProvider withCharacteristics(Object characteristics) {
        return new FakeProvider(1, characteristics);
    }

    static AddressBlock block(InetAddress address) {
        return new AddressBlock(address.getHostAddress() + "/32", "test", "RFC0", GloballyReachable.NO);
    }

    NmrStatus attachTo(LookupClient client) {
        return client.attachProvider(this, null, instance);
    }

    NmrStatus detachFrom(LookupClient client) {
        return client.detachProvider(clientContext);
    }

    @Override
    public void announce(CallGate.Closer gate) {
        announced = gate;
    }

    @Override
    public AttachResult attach(Object bindingContext, Object dispatch) {
        offered.add(dispatch);
        NmrStatus status = judge.apply(dispatch);
        if (!status.isSuccess()) {
            return new AttachResult.Refused(status);
        }
        clientContext = bindingContext;
        return new AttachResult.Attached(null, this);
    }

    @Override
    public void detachComplete() {
        completions.incrementAndGet();
    }

    @Override
    public Optional<AddressBlock> lookup(InetAddress address) {
        calls.incrementAndGet();
        return table.apply(address);
    }

    @Override
    public CompletionStage<Optional<AddressBlock>> lookupAsync(InetAddress address) {
        calls.incrementAndGet();
        return stage;
    }
}
