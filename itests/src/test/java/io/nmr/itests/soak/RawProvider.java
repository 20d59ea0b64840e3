package io.nmr.itests.soak;

import io.nmr.api.AttachResult;
import io.nmr.api.AttachResult.Attached;
import io.nmr.api.ModuleId;
import io.nmr.api.NmrStatus;
import io.nmr.api.ProviderBindingHandle;
import io.nmr.api.ProviderCharacteristics;
import io.nmr.api.RegistrationInstance;
import io.nmr.itests.npi.Words;
import io.nmr.itests.npi.WordsListener;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

/** A provider that keeps its bindings and its gates itself. */
final class RawProvider implements ProviderCharacteristics {

    private final SoakModule module;
    private final Words words;
    private final List<RawSide<WordsListener>> bindings = new CopyOnWriteArrayList<>();

    RawProvider(SoakModule module, Words words) {
        this.module = module;
        this.words = words;
        module.calls(this::call);
    }

    private void call(Random random) {
        bindings.forEach(side -> side.call(listener -> listener.heard("news")));
    }

    @Override
    public RegistrationInstance providerRegistrationInstance() {
        return RegistrationInstance.of(
                module.npi, new ModuleId.InterfaceLuid(module.number), module.number, null);
    }

    @Override
    public AttachResult attachClient(
            ProviderBindingHandle handle,
            Object context,
            RegistrationInstance client,
            Object clientContext,
            Object clientDispatch) {
        RawSide<WordsListener> side = new RawSide<>(((RecordedProvider.Handle) handle).side);
        side.attached((WordsListener) clientDispatch);
        bindings.add(side);
        return new Attached(side, words);
    }

    @Override
    public NmrStatus detachClient(Object bindingContext) {
        return ((RawSide<?>) bindingContext).close();
    }

    @Override
    public void cleanupProviderBindingContext(Object bindingContext) {
        bindings.remove(bindingContext);
    }
}
