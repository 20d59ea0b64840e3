package io.nmr.explore;

import io.nmr.api.AttachResult;
import io.nmr.api.NmrStatus;
import io.nmr.api.ProviderBindingHandle;
import io.nmr.api.ProviderCharacteristics;
import io.nmr.api.Registration;
import io.nmr.api.RegistrationInstance;

/** A scripted provider. */
final class ScriptedProvider extends ScriptedModule implements ProviderCharacteristics {

    ScriptedProvider(World world, String name, Conduct conduct) {
        super(world, name, conduct, world.recorder.provider("npi", name));
    }

    @Override
    Registration prepare() {
        return world.subject.prepare(this, name);
    }

    @Override
    public RegistrationInstance providerRegistrationInstance() {
        return instance();
    }

    @Override
    public AttachResult attachClient(
            ProviderBindingHandle handle,
            Object context,
            RegistrationInstance client,
            Object clientBindingContext,
            Object clientDispatch) {
        Link link = link(handle, client);
        boolean again = links.stream().anyMatch(other -> other != link && other.peer.equals(link.peer));
        return link.recorder.attachClient(() -> {
            world.baton.yield("is asked to attach");
            AttachResult answer = conduct(link, again);
            world.baton.yield("answers the client");
            return answer;
        });
    }

    private AttachResult conduct(Link link, boolean again) {
        return switch (conduct.attach()) {
            case ACCEPT -> accept(link);
            case REFUSE -> new AttachResult.Refused(NmrStatus.NOINTERFACE);
            case THROW, ATTACH_AND_THROW -> throw new OnPurpose("attach");
            case TWICE -> again ? accept(link) : new AttachResult.Refused(NmrStatus.NOINTERFACE);
            case LEAVE -> {
                deregisterUnlessLeaving();
                yield accept(link);
            }
        };
    }

    private AttachResult accept(Link link) {
        link.announce();
        if (conduct.mayCall()) {
            link.startCalling();
        }
        return new AttachResult.Attached(link, link);
    }

    @Override
    public NmrStatus detachClient(Object bindingContext) {
        return detached(bindingContext);
    }

    @Override
    public void cleanupProviderBindingContext(Object bindingContext) {
        cleanedUp(bindingContext);
    }
}
