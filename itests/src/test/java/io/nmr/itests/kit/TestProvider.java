package io.nmr.itests.kit;

import static io.nmr.itests.kit.Moment.ATTACH;
import static io.nmr.itests.kit.Moment.ATTACH_END;
import static io.nmr.itests.kit.Moment.CALL;
import static io.nmr.itests.kit.Moment.CALL_END;
import static io.nmr.itests.kit.Moment.CALL_TORN;
import static io.nmr.itests.kit.Moment.CLEANUP;
import static io.nmr.itests.kit.Moment.CLEANUP_END;
import static io.nmr.itests.kit.Moment.DETACH;
import static io.nmr.itests.kit.Moment.DETACH_END;
import static io.nmr.itests.kit.Moment.DETACH_PENDING;

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

    private final Journal journal;
    private final String name;
    private volatile boolean tornDown;

    public TestProvider(Journal journal, String name) {
        this(journal, name, Echo.ID);
    }

    public TestProvider(Journal journal, String name, NpiId npi) {
        this.journal = journal;
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
        journal.add(name, ATTACH);
        Bound bound = new Bound(handle, client, clientDispatch);
        inAttach.accept(bound);
        AttachResult result = attach.apply(bound);
        if (result instanceof Attached) {
            bounds.add(bound);
        }
        journal.add(name, ATTACH_END);
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
        journal.add(name, DETACH);
        inDetach.accept(bound);
        NmrStatus status = detach.apply(bound);
        journal.add(name, status.equals(NmrStatus.PENDING) ? DETACH_PENDING : DETACH_END);
        return status;
    }

    @Override
    public void cleanupProviderBindingContext(Object bindingContext) {
        Bound bound = (Bound) bindingContext;
        bound.cleaned.incrementAndGet();
        journal.add(name, CLEANUP);
        inCleanup.accept(bound);
        journal.add(name, CLEANUP_END);
    }

    @Override
    public String echo(String text) {
        journal.add(name, CALL);
        Hold hold = echoed;
        if (hold != null) {
            hold.pass();
        }
        journal.add(name, tornDown ? CALL_TORN : CALL_END);
        return name + ":" + text;
    }

    /** The only binding that came to be. */
    public Bound bound() {
        if (bounds.size() != 1) {
            throw new AssertionError(bounds.size() + " bindings of " + name + ", not one, in\n" + journal);
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
                        + " times: once each expected in\n" + journal);
            }
        }
        checkNotTorn();
    }

    public void checkNotTorn() {
        if (journal.count(name, CALL_TORN) > 0) {
            throw new AssertionError(name + " was torn down in the middle of a call:\n" + journal);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
