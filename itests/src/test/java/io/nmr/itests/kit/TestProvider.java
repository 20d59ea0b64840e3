package io.nmr.itests.kit;

import io.nmr.api.AttachResult;
import io.nmr.api.AttachResult.Attached;
import io.nmr.api.CallGate;
import io.nmr.api.ModuleId;
import io.nmr.api.NmrStatus;
import io.nmr.api.NpiId;
import io.nmr.api.ProviderBindingHandle;
import io.nmr.api.ProviderCharacteristics;
import io.nmr.api.RegistrationInstance;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

/** A provider that accepts every client, echoes, and does in its callbacks what the test tells it. */
public class TestProvider implements ProviderCharacteristics, TestModule, Echo {

    /** The provider's context of a binding. */
    public static final class Bound {

        public final ProviderBindingHandle handle;
        public final CallGate.Closer closer = CallGate.open();
        public final RegistrationInstance client;
        public final Object dispatch;
        private final AtomicInteger detached = new AtomicInteger();
        private final AtomicInteger cleaned = new AtomicInteger();

        Bound(ProviderBindingHandle handle, RegistrationInstance client, Object dispatch) {
            this.handle = handle;
            this.client = client;
            this.dispatch = dispatch;
        }

        /** Tells the client, counted by the gate; false if it is not admitted. */
        public boolean tell(String text) {
            int token = closer.gate().enter();
            if (token == CallGate.REFUSED) {
                return false;
            }
            try {
                ((EchoListener) dispatch).heard(text);
                return true;
            } finally {
                closer.gate().exit(token);
            }
        }
    }

    /** All bindings that came to be, in order. */
    public final List<Bound> bounds = new CopyOnWriteArrayList<>();

    public volatile Consumer<Bound> inAttach = bound -> { };
    public volatile Consumer<Bound> inDetach = bound -> { };
    public volatile Consumer<Bound> inCleanup = bound -> { };
    public volatile Function<Bound, AttachResult> attach = this::accept;
    public volatile Function<Bound, NmrStatus> detach = bound -> bound.closer.close(bound.handle::detachComplete);
    public volatile Hold echoed;
    public volatile RegistrationInstance instance;

    private final History history;
    private final String name;
    private volatile boolean tornDown;

    public TestProvider(History history, String name) {
        this(history, name, Echo.ID);
    }

    public TestProvider(History history, String name, NpiId npi) {
        this.history = history;
        this.name = name;
        this.instance = RegistrationInstance.of(
                npi, new ModuleId.Guid(UUID.nameUUIDFromBytes(name.getBytes())), 1, null);
    }

    @Override
    public RegistrationInstance providerRegistrationInstance() {
        return instance;
    }

    @Override
    public AttachResult attachClient(
            ProviderBindingHandle handle,
            Object context,
            RegistrationInstance client,
            Object clientContext,
            Object clientDispatch) {
        history.add(name, "attach");
        Bound bound = new Bound(handle, client, clientDispatch);
        inAttach.accept(bound);
        AttachResult result = attach.apply(bound);
        if (result instanceof Attached) {
            bounds.add(bound);
        }
        history.add(name, "attach.end");
        return result;
    }

    /** The usual answer. */
    public final AttachResult accept(Bound bound) {
        bound.handle.announce(bound.closer);
        return new Attached(bound, this);
    }

    @Override
    public NmrStatus detachClient(Object bindingContext) {
        Bound bound = (Bound) bindingContext;
        bound.detached.incrementAndGet();
        history.add(name, "detach");
        inDetach.accept(bound);
        NmrStatus status = detach.apply(bound);
        history.add(name, status.equals(NmrStatus.PENDING) ? "detach.pending" : "detach.end");
        return status;
    }

    @Override
    public void cleanupProviderBindingContext(Object bindingContext) {
        Bound bound = (Bound) bindingContext;
        bound.cleaned.incrementAndGet();
        history.add(name, "cleanup");
        inCleanup.accept(bound);
        history.add(name, "cleanup.end");
    }

    @Override
    public String echo(String text) {
        history.add(name, "call");
        Hold hold = echoed;
        if (hold != null) {
            hold.pass();
        }
        history.add(name, tornDown ? "call.torn" : "call.end");
        return name + ":" + text;
    }

    /** The only binding that came to be. */
    public Bound bound() {
        if (bounds.size() != 1) {
            throw new AssertionError(bounds.size() + " bindings of " + name + ", not one, in\n" + history);
        }
        return bounds.get(0);
    }

    @Override
    public String[] types() {
        return new String[] {ProviderCharacteristics.class.getName()};
    }

    @Override
    public void tearDown() {
        tornDown = true;
    }

    @Override
    public void revive() {
        tornDown = false;
    }

    @Override
    public void checkAllGone() {
        for (Bound bound : bounds) {
            if (bound.detached.get() != 1 || bound.cleaned.get() != 1) {
                throw new AssertionError(name + ": detached " + bound.detached + " times, cleaned up " + bound.cleaned
                        + " times: once each expected in\n" + history);
            }
        }
        checkNotTorn();
    }

    public void checkNotTorn() {
        if (history.count(name, "call.torn") > 0) {
            throw new AssertionError(name + " was torn down in the middle of a call:\n" + history);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
