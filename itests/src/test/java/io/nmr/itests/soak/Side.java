package io.nmr.itests.soak;

import io.nmr.api.BindingHandle;
import io.nmr.api.CallGate;
import io.nmr.api.NmrException;
import io.nmr.api.NmrStatus;
import io.nmr.history.BindingRecorder;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** One side of one binding: the context that the registrar keeps; in it the module's own. */
final class Side {

    final SoakModule module;
    final BindingRecorder recorder;
    final long peer;
    private final BindingHandle handle;
    private volatile Object context;

    Side(SoakModule module, BindingHandle handle, long peer) {
        this.module = module;
        this.handle = handle;
        this.peer = peer;
        this.recorder = module.recorder.binding(SoakModule.name(peer));
    }

    Object context() {
        return context;
    }

    /** The provider has accepted: there is a binding. */
    void bound(Object itsContext) {
        context = itsContext;
        module.sides.add(this);
    }

    void announce(CallGate.Closer gate) {
        handle.announce(gate);
        recorder.announced();
    }

    void complete() {
        recorder.complete(handle::detachComplete);
    }

    /** The module's answer, or what its conduct makes of it. */
    NmrStatus detach(Supplier<NmrStatus> closing) {
        return switch (module.conduct) {
            case THROWS_IN_DETACH -> throw new IllegalStateException("thrown in a detach callback");
            case NONSENSE -> NmrStatus.NOINTERFACE;
            case LATE -> instead(closing.get(), () -> module.world.late(this::complete));
            case EARLY -> instead(closing.get(), this::completeElsewhere);
            case STUCK -> module.isGoing()
                    ? instead(closing.get(), () -> module.isStuckWith(recorder.key(), this::complete))
                    : closing.get();
            case TWICE -> twice(closing.get());
            case GOOD, CHOOSY, FICKLE, THROWS_IN_ATTACH, THROWS_IN_CLEANUP -> closing.get();
        };
    }

    /** With calls in progress, PENDING is the module's own answer, and the completion its own. */
    private static NmrStatus instead(NmrStatus answer, Runnable completion) {
        if (answer.isSuccess()) {
            completion.run();
            return NmrStatus.PENDING;
        }
        return answer;
    }

    private void completeElsewhere() {
        CompletableFuture.runAsync(this::complete, module.world.pool).join();
    }

    private NmrStatus twice(NmrStatus answer) {
        if (answer.isSuccess()) {
            module.world.late(this::completeOnceMore);
        }
        return answer;
    }

    private void completeOnceMore() {
        try {
            complete();
        } catch (NmrException expected) {
            // It is recorded as refused: the history knows.
        }
    }

    void cleanup(Runnable cleaning) {
        recorder.cleanup(() -> {
            cleaning.run();
            module.sides.remove(this);
            if (module.conduct == Conduct.THROWS_IN_CLEANUP) {
                throw new IllegalStateException("thrown in a cleanup callback");
            }
        });
    }
}
