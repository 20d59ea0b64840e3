package io.nmr.demo.recorder;

import io.nmr.api.ClientBindingHandle;
import io.nmr.api.ClientCharacteristics;
import io.nmr.api.ModuleId;
import io.nmr.api.NmrStatus;
import io.nmr.api.RegistrationInstance;
import io.nmr.history.ModuleRecorder;
import io.nmr.sample.npi.LookupNpi;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A second client of the lookup, in the faithful API, whose history is recorded. It attaches to the recorded lives of
 * providers, and calls the one that attached last.
 *
 * <p><b>Threading.</b> Any thread may call.
 */
final class RecordedClient implements ClientCharacteristics {

    private static final ModuleId MODULE = ModuleId.of("3b7a52c4-6c0f-4f0e-9f0e-0d1f6a1c9b52");

    private final ModuleRecorder module;
    private final Lives providers;
    private final List<Link> links = new CopyOnWriteArrayList<>();

    RecordedClient(ModuleRecorder module, Lives providers) {
        this.module = module;
        this.providers = providers;
    }

    @Override
    public RegistrationInstance clientRegistrationInstance() {
        return RegistrationInstance.of(LookupNpi.ID, MODULE, 1, null);
    }

    /** A provider that no life is known of is none of the demo's. */
    @Override
    public NmrStatus attachProvider(ClientBindingHandle handle, Object registrationContext, RegistrationInstance provider) {
        Optional<ModuleRecorder> life = providers.latest(provider.number());
        return life.isPresent() ? attach(handle, life.get()) : NmrStatus.NOINTERFACE;
    }

    private NmrStatus attach(ClientBindingHandle handle, ModuleRecorder life) {
        Link link = new Link(
                handle, module.binding(life.module().name()), life.binding(module.module().name()));
        NmrStatus status = link.attach();
        if (status.isSuccess()) {
            links.add(0, link);
        }
        return status;
    }

    @Override
    public void clientDeregistering() {
        module.deregistering(() -> { });
    }

    /** Callers find it closed for a moment before they find it gone, so that a refusal is seen now and then. */
    @Override
    public NmrStatus detachProvider(Object bindingContext) {
        Link link = (Link) bindingContext;
        NmrStatus status = link.detach();
        links.remove(link);
        return status;
    }

    @Override
    public void cleanupClientBindingContext(Object bindingContext) {
        ((Link) bindingContext).cleanUp();
    }

    /** One lookup at the newest provider that takes it, or none where none does. */
    void lookup(InetAddress address) {
        for (Link link : links) {
            if (link.tryLookup(address)) {
                return;
            }
        }
    }
}
