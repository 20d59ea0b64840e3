package io.nmr.explore;

import io.nmr.api.AttachResult;
import io.nmr.api.ClientBindingHandle;
import io.nmr.api.ClientCharacteristics;
import io.nmr.api.NmrStatus;
import io.nmr.api.Registration;
import io.nmr.api.RegistrationInstance;

/** A scripted client. */
final class ScriptedClient extends ScriptedModule implements ClientCharacteristics {

    ScriptedClient(World world, String name, Conduct conduct) {
        super(world, name, conduct, world.recorder.client("npi", name));
    }

    @Override
    Registration prepare() {
        return world.subject.prepare(this, name);
    }

    @Override
    public RegistrationInstance clientRegistrationInstance() {
        return instance();
    }

    @Override
    public NmrStatus attachProvider(ClientBindingHandle handle, Object context, RegistrationInstance provider) {
        Link link = link(handle, provider);
        return link.recorder.attachProvider(() -> {
            world.baton.yield("is offered a provider");
            NmrStatus answer = conduct(handle, link);
            world.baton.yield("answers the offer");
            return answer;
        });
    }

    private NmrStatus conduct(ClientBindingHandle handle, Link link) {
        link.announce();
        return switch (conduct.attach()) {
            case ACCEPT -> attach(handle, link);
            case REFUSE -> NmrStatus.NOINTERFACE;
            case THROW -> throw new OnPurpose("attach");
            case ATTACH_AND_THROW -> {
                attach(handle, link);
                throw new OnPurpose("after attach");
            }
            case TWICE -> {
                NmrStatus first = attach(handle, link);
                NmrStatus second = attach(handle, link);
                yield first.isSuccess() ? first : second;
            }
            case LEAVE -> {
                deregisterUnlessLeaving();
                yield attach(handle, link);
            }
        };
    }

    private NmrStatus attach(ClientBindingHandle handle, Link link) {
        AttachResult result = handle.attach(link, link);
        if (result.status().isSuccess() && conduct.mayCall()) {
            link.startCalling();
        }
        return result.status();
    }

    @Override
    public void clientDeregistering() {
        recorder.deregistering(() -> world.baton.yield("is told that it leaves"));
    }

    @Override
    public NmrStatus detachProvider(Object bindingContext) {
        return detached(bindingContext);
    }

    @Override
    public void cleanupClientBindingContext(Object bindingContext) {
        cleanedUp(bindingContext);
    }
}
