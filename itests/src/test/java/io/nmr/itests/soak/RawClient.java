package io.nmr.itests.soak;

import io.nmr.api.AttachResult;
import io.nmr.api.AttachResult.Attached;
import io.nmr.api.ClientBindingHandle;
import io.nmr.api.ClientCharacteristics;
import io.nmr.api.ModuleId;
import io.nmr.api.NmrStatus;
import io.nmr.api.RegistrationInstance;
import io.nmr.itests.npi.Words;
import io.nmr.itests.npi.WordsListener;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

/** A client that keeps its bindings and its gates itself. */
final class RawClient implements ClientCharacteristics {

    private final SoakModule module;
    private final WordsListener listener;
    private final List<RawSide<Words>> bindings = new CopyOnWriteArrayList<>();

    /** Without a listener where the NPI defines none. */
    RawClient(SoakModule module, WordsListener listener) {
        this.module = module;
        this.listener = listener;
        module.calls(this::call);
    }

    private void call(Random random) {
        Object[] now = bindings.toArray();
        if (now.length > 0) {
            @SuppressWarnings("unchecked")
            RawSide<Words> side = (RawSide<Words>) now[random.nextInt(now.length)];
            if (random.nextBoolean()) {
                side.call(words -> words.say("ask"));
            } else {
                side.callAsync(words -> words.later("later"));
            }
        }
    }

    @Override
    public RegistrationInstance clientRegistrationInstance() {
        return RegistrationInstance.of(
                module.npi, new ModuleId.InterfaceLuid(module.number), module.number, null);
    }

    @Override
    public NmrStatus attachProvider(ClientBindingHandle handle, Object context, RegistrationInstance provider) {
        RawSide<Words> side = new RawSide<>(((RecordedClient.Handle) handle).side);
        AttachResult result = handle.attach(side, listener);
        if (result instanceof Attached attached) {
            side.attached((Words) attached.dispatch());
            bindings.add(side);
        }
        return result.status();
    }

    @Override
    public NmrStatus detachProvider(Object bindingContext) {
        return ((RawSide<?>) bindingContext).close();
    }

    @Override
    public void cleanupClientBindingContext(Object bindingContext) {
        bindings.remove(bindingContext);
    }
}
