package io.nmr.itests.kit;

import static io.nmr.itests.kit.Moment.ATTACH;
import static io.nmr.itests.kit.Moment.ATTACHED;
import static io.nmr.itests.kit.Moment.ATTACH_END;
import static io.nmr.itests.kit.Moment.CLEANUP;
import static io.nmr.itests.kit.Moment.CLEANUP_END;
import static io.nmr.itests.kit.Moment.DETACH;
import static io.nmr.itests.kit.Moment.DETACH_END;
import static io.nmr.itests.kit.Moment.DETACH_PENDING;
import static io.nmr.itests.kit.Moment.HEAR;
import static io.nmr.itests.kit.Moment.HEAR_END;
import static io.nmr.itests.kit.Moment.HEAR_TORN;

import io.nmr.api.AttachResult;
import io.nmr.api.AttachResult.Attached;
import io.nmr.api.CallChain;
import io.nmr.api.CallGate;
import io.nmr.api.ClientBindingHandle;
import io.nmr.api.ClientCharacteristics;
import io.nmr.api.ModuleId;
import io.nmr.api.NmrStatus;
import io.nmr.api.NpiId;
import io.nmr.api.RegistrationInstance;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

/** A client that attaches to every provider and does in its callbacks what the test tells it. */
public class TestClient implements ClientCharacteristics, TestModule {

    /** The client's context of a binding, and its dispatch table. */
    public static final class Bound implements EchoListener {

        public final ClientBindingHandle handle;
        public final CallGate.Closer closer = CallGate.open();
        public final RegistrationInstance provider;
        public volatile Echo echo;
        private final AtomicInteger detached = new AtomicInteger();
        private final AtomicInteger cleaned = new AtomicInteger();
        private final TestClient client;

        Bound(TestClient client, ClientBindingHandle handle, RegistrationInstance provider) {
            this.client = client;
            this.handle = handle;
            this.provider = provider;
        }

        /** A call, counted by the gate; null if it is not admitted. */
        public String call(String text) {
            int token = closer.gate().enter();
            if (token == CallGate.REFUSED) {
                return null;
            }
            try {
                return echo.echo(text);
            } finally {
                closer.gate().exit(token);
            }
        }

        /** A call that a guard tracks: the registrar knows the thread inside of it. */
        public void tracked(Stage.Action inside) throws Exception {
            if (!CallChain.enter(closer.gate())) {
                throw new AssertionError("not admitted");
            }
            try {
                inside.run();
            } finally {
                CallChain.exit(closer.gate());
            }
        }

        @Override
        public void heard(String text) {
            client.hear();
        }
    }

    /** All bindings that came to be, in order. */
    public final List<Bound> bounds = new CopyOnWriteArrayList<>();

    public volatile Consumer<Bound> inAttach = bound -> { };
    public volatile Consumer<Bound> inDetach = bound -> { };
    public volatile Consumer<Bound> inCleanup = bound -> { };
    public volatile Function<Bound, NmrStatus> attach = this::attach;
    public volatile Function<Bound, NmrStatus> detach = bound -> bound.closer.close(bound.handle::detachComplete);
    public volatile Hold heard;
    public volatile RegistrationInstance instance;

    private final Journal journal;
    private final String name;
    private volatile boolean tornDown;

    public TestClient(Journal journal, String name) {
        this(journal, name, Echo.ID);
    }

    public TestClient(Journal journal, String name, NpiId npi) {
        this.journal = journal;
        this.name = name;
        this.instance = RegistrationInstance.of(
                npi, new ModuleId.Guid(UUID.nameUUIDFromBytes(name.getBytes())), 1, null);
    }

    @Override
    public RegistrationInstance clientRegistrationInstance() {
        return instance;
    }

    @Override
    public NmrStatus attachProvider(ClientBindingHandle handle, Object context, RegistrationInstance provider) {
        journal.add(name, ATTACH);
        Bound bound = new Bound(this, handle, provider);
        inAttach.accept(bound);
        NmrStatus status = attach.apply(bound);
        journal.add(name, ATTACH_END);
        return status;
    }

    /** The usual answer. */
    public final NmrStatus attach(Bound bound) {
        bound.handle.announce(bound.closer);
        return attach(bound, bound).status();
    }

    public final AttachResult attach(Bound bound, Object dispatch) {
        AttachResult answer = bound.handle.attach(bound, dispatch);
        if (answer instanceof Attached attached) {
            bound.echo = (Echo) attached.dispatch();
            bounds.add(bound);
            journal.add(name, ATTACHED);
        }
        return answer;
    }

    @Override
    public NmrStatus detachProvider(Object bindingContext) {
        Bound bound = (Bound) bindingContext;
        bound.detached.incrementAndGet();
        journal.add(name, DETACH);
        inDetach.accept(bound);
        NmrStatus status = detach.apply(bound);
        journal.add(name, status.equals(NmrStatus.PENDING) ? DETACH_PENDING : DETACH_END);
        return status;
    }

    @Override
    public void cleanupClientBindingContext(Object bindingContext) {
        Bound bound = (Bound) bindingContext;
        bound.cleaned.incrementAndGet();
        journal.add(name, CLEANUP);
        inCleanup.accept(bound);
        journal.add(name, CLEANUP_END);
    }

    private void hear() {
        journal.add(name, HEAR);
        Hold hold = heard;
        if (hold != null) {
            hold.pass();
        }
        journal.add(name, tornDown ? HEAR_TORN : HEAR_END);
    }

    /** The only binding that came to be. */
    public Bound bound() {
        if (bounds.size() != 1) {
            throw new AssertionError(bounds.size() + " bindings of " + name + ", not one, in\n" + journal);
        }
        return bounds.get(0);
    }

    /** Calls through the first binding that admits it; null where none does. */
    public String call(String text) {
        for (Bound bound : bounds) {
            String answer = bound.call(text);
            if (answer != null) {
                return answer;
            }
        }
        return null;
    }

    @Override
    public String[] types() {
        return new String[] {ClientCharacteristics.class.getName()};
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
        if (journal.count(name, HEAR_TORN) > 0) {
            throw new AssertionError(name + " was torn down in the middle of a call:\n" + journal);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
