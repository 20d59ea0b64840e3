package io.nmr.explore;

/**
 * How a module behaves in its callbacks.
 *
 * @param attach in its attach callback
 * @param detach in its detach callback
 * @param cleanup in its cleanup callback
 * @param calls how often it calls the other side, one call after the other, as soon as it is attached
 */
record Conduct(Attach attach, Detach detach, Cleanup cleanup, int calls) {

    static final Conduct GOOD = new Conduct(Attach.ACCEPT, Detach.DRAIN, Cleanup.QUIET, 0);

    enum Attach {
        ACCEPT,
        REFUSE,
        THROW,
        /** Of a client: attaches, and then throws all the same. Of a provider: as {@link #THROW}. */
        ATTACH_AND_THROW,
        /** Of a client: attaches twice. Of a provider: refuses once and then accepts. */
        TWICE,
        /** Deregisters itself first. */
        LEAVE
    }

    enum Detach {
        /** Closes its gate; the last call in progress completes. */
        DRAIN,
        /** Answers PENDING; somebody else completes, when it pleases. */
        LATER,
        /** Answers PENDING, and nobody ever completes. */
        NEVER,
        /** Completes before it answers PENDING. */
        EARLY,
        /** As {@link #LATER}, but two of them complete, at most one of them legally. */
        TWICE,
        /** Completes, and then answers SUCCESS. */
        EARLY_AND_SUCCESS,
        /** Throws; its gate is announced. */
        THROW,
        /** Answers null, having closed its gate, which is announced. */
        NONSENSE,
        /** Deregisters itself, if it is not leaving already, and closes its gate. */
        LEAVE
    }

    enum Cleanup {
        QUIET,
        THROW,
        /** Deregisters itself, if it is not leaving already. */
        LEAVE
    }

    Conduct with(Attach attach) {
        return new Conduct(attach, detach, cleanup, calls);
    }

    Conduct with(Detach detach) {
        return new Conduct(attach, detach, cleanup, calls);
    }

    Conduct with(Cleanup cleanup) {
        return new Conduct(attach, detach, cleanup, calls);
    }

    /** Only who closes its gate when it detaches may call: else it broke D3 itself. */
    boolean mayCall() {
        return calls > 0 && switch (detach) {
            case DRAIN, THROW, NONSENSE, LEAVE -> true;
            case LATER, NEVER, EARLY, TWICE, EARLY_AND_SUCCESS -> false;
        };
    }

    Conduct calling(int times) {
        return new Conduct(attach, detach, cleanup, times);
    }
}
