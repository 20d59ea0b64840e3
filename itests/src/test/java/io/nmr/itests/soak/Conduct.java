package io.nmr.itests.soak;

import java.util.Random;

/** What a module does with the registrar: mostly what it should. */
enum Conduct {
    GOOD,
    /** Refuses every other module of the other role (A2, A5). */
    CHOOSY,
    /** Attaches, and then says that it has not (A11); of a provider, accepts without a dispatch table (A5). */
    FICKLE,
    /** Throws in its attach callback, before it has done anything. */
    THROWS_IN_ATTACH,
    /** Throws in its detach callback instead of closing its gate (D9). */
    THROWS_IN_DETACH,
    /** Answers nonsense to a detach instead of closing its gate (D9). */
    NONSENSE,
    THROWS_IN_CLEANUP,
    /** Answers PENDING with nothing in progress, and completes later, on another thread. */
    LATE,
    /** Completes on another thread before its detach callback answers PENDING (D5). */
    EARLY,
    /** Completes although it has answered SUCCESS (D6). */
    TWICE,
    /** Does not complete before its stop has gone on without it (O3). */
    STUCK;

    private static final int GOOD_OF_TEN = 4;

    /** One that is stuck needs a short detach timeout. */
    static Conduct of(Random random, boolean hurried) {
        Conduct any = random.nextInt(10) < GOOD_OF_TEN ? GOOD : values()[random.nextInt(values().length)];
        return hurried ? STUCK : any == STUCK ? GOOD : any;
    }

    /** Whether a module of this conduct binds to one of that number, if that is willing. */
    boolean binds(long number) {
        return switch (this) {
            case CHOOSY -> number % 2 == 0;
            case FICKLE, THROWS_IN_ATTACH -> false;
            case GOOD, THROWS_IN_DETACH, NONSENSE, THROWS_IN_CLEANUP, LATE, EARLY, TWICE, STUCK -> true;
        };
    }
}
