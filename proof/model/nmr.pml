/*
 * The protocol of docs/protocol.md: C clients and P providers of one NPI, each registered and deregistered once, at any
 * moment. Every commit is one atomic step, as under the lock of the NPI; callbacks lie between two of them. Who performs
 * an effect is left open: each has a process of its own. A completion from another thread comes before its callback has
 * returned or after that; either is a branch of the side's process.
 *
 * Checked: no deadlock (a deregistration that never completes is one), the assertions below, and, with fairness, that
 * every deregistration completes.
 *
 * Left out: a second attach after a refusal (A6), contexts, calls (the gate is in jcstress), waits and their ends.
 *
 * The variants BROKEN_... are wrong on purpose; the check requires that each is caught.
 */
#ifndef C
#define C 1
#endif
#ifndef P
#define P 2
#endif
#define B (C * P)
#define M (C + P)

/* Phase */
#define NONE 0
#define OFFERED 1
#define ATTACHING 2
#define CONNECTING 3
#define ACCEPTED 4
#define ATTACHED 5
#define DETACHING 6
#define CLEANING 7
#define GONE 8

/* SideState */
#define IDLE 0
#define DETACH_DUE 1
#define DETACH_CALLED 2
#define COMPLETED_EARLY 3
#define PENDING 4
#define LEFT_TO_GATE 5
#define DETACHED 6
#define CLEANUP_DUE 7
#define CLEANUP_CALLED 8
#define CLEAN 9

/* ModuleState */
#define NEW 0
#define REGISTERED 1
#define DEREGISTERING 2
#define DEREGISTERED 3

byte phase[B];
bit doomed[B];
byte side[2 * B];       /* the client's at 2b, the provider's at 2b + 1 */
byte module[M];         /* the clients first */
byte bindings[M];       /* how many the module has that are not gone */
bit told[M];            /* the client knows that it leaves, or it is a provider */

/* What the modules saw, for the assertions. */
byte offers[B];
bit exists[B];          /* the provider accepted */
bit busy[2 * B];        /* inside a callback of this side */
bit attaching[B];       /* inside the client's attach callback */
bit done[2 * B];        /* it has completed its detach */
byte detaches[2 * B];
byte cleanups[2 * B];

#define clientOf(b) ((b) / P)
#define providerOf(b) (C + (b) % P)
#define bindingOf(m, o) (m < C -> (m) * P + (o) - C : (o) * P + (m) - C)
#define moduleOf(b, s) (s == 0 -> clientOf(b) : providerOf(b))

inline completeIfClean(m) {
    if
#ifdef BROKEN_COMPLETE
    :: module[m] == DEREGISTERING && told[m] ->
#else
    :: module[m] == DEREGISTERING && told[m] && bindings[m] == 0 ->
#endif
        module[m] = DEREGISTERED
    :: else
    fi
}

inline ended(b) {
    phase[b] = GONE;
    bindings[clientOf(b)]--;
    bindings[providerOf(b)]--;
    completeIfClean(clientOf(b));
    completeIfClean(providerOf(b))
}

inline beginDetach(b) {
    phase[b] = DETACHING;
    side[2 * b] = DETACH_DUE;
    side[2 * b + 1] = DETACH_DUE
}

/* C1 */
inline detached(b, x) {
    side[x] = DETACHED;
    if
#ifdef BROKEN_CLEANUP
    :: phase[b] == DETACHING ->
#else
    :: side[2 * b] == DETACHED && side[2 * b + 1] == DETACHED ->
#endif
        phase[b] = CLEANING;
        side[2 * b] = CLEANUP_DUE;
        side[2 * b + 1] = CLEANUP_DUE
    :: else
    fi
}

/* R1, R2, R6 */
inline match(m) {
    o = (m < C -> C : 0);
    do
    :: o < (m < C -> M : C) ->
        if
        :: module[o] == REGISTERED ->
            offers[bindingOf(m, o)]++;
            assert(offers[bindingOf(m, o)] == 1);           /* R6: not twice */
            phase[bindingOf(m, o)] = OFFERED;
            bindings[m]++;
            bindings[o]++
        :: else
        fi;
        o++
    :: else -> break
    od
}

/* R6: who is registered together has been offered. */
inline requireOffered(m) {
    o = (m < C -> C : 0);
    do
    :: o < (m < C -> M : C) ->
        assert(module[o] != REGISTERED || offers[bindingOf(m, o)] == 1);
        o++
    :: else -> break
    od
}

/* D1, D8 */
inline leave(m) {
    module[m] = DEREGISTERING;
    o = (m < C -> C : 0);
    do
    :: o < (m < C -> M : C) ->
        b = bindingOf(m, o);
        if
        :: phase[b] == OFFERED -> ended(b)
#ifdef BROKEN_DOOM
        :: phase[b] == ATTACHING || phase[b] == CONNECTING -> doomed[b] = 1
#else
        :: phase[b] == ATTACHING || phase[b] == CONNECTING || phase[b] == ACCEPTED -> doomed[b] = 1
#endif
        :: phase[b] == ATTACHED -> beginDetach(b)
        :: else
        fi;
        o++
    :: else -> break
    od;
    completeIfClean(m)
}

/* C2: nothing of the module's is left when its deregistration is complete. */
inline requireOver(m) {
    o = (m < C -> C : 0);
    do
    :: o < (m < C -> M : C) ->
        b = bindingOf(m, o);
        assert(!busy[2 * b] && !busy[2 * b + 1]);
        assert(!exists[b] || (cleanups[2 * b] == 1 && cleanups[2 * b + 1] == 1));
        o++
    :: else -> break
    od
}

proctype Module(byte m) {
    byte o;
    byte b;
#ifdef BROKEN_MATCH
    module[m] = REGISTERED;
    d_step { match(m); o = 0 };
#else
    d_step { module[m] = REGISTERED; match(m); o = 0 };
#endif
    if
    :: d_step { requireOffered(m); leave(m); o = 0; b = 0 };
        if
        :: m < C -> /* clientDeregistering */
            d_step { told[m] = 1; completeIfClean(m) }
        :: else
        fi;
        d_step { module[m] == DEREGISTERED; requireOver(m); o = 0; b = 0 }
    :: skip /* it stays */
    fi;
endModule:
    false
}

proctype Offer(byte b) {
    bit success;
end:
    atomic {
        phase[b] == OFFERED;
        phase[b] = ATTACHING;
        assert(!busy[2 * b]);
        busy[2 * b] = 1;
        attaching[b] = 1
    };
    if
    :: skip /* refuses, or throws */
    :: atomic {
            if
            :: !doomed[b] -> phase[b] = CONNECTING; busy[2 * b + 1] = 1
            :: else /* DELETE_PENDING: the provider is not asked */
            fi
        };
        if
        :: phase[b] == CONNECTING ->
            if
            :: d_step { phase[b] = ACCEPTED; exists[b] = 1; busy[2 * b + 1] = 0 }
            :: d_step { phase[b] = ATTACHING; busy[2 * b + 1] = 0 }
            fi
        :: else
        fi
    fi;
    if
    :: success = 1
    :: skip
    fi;
    d_step {
        busy[2 * b] = 0;
        attaching[b] = 0;
        if
        :: phase[b] == ACCEPTED && success && !doomed[b] -> phase[b] = ATTACHED
        :: phase[b] == ACCEPTED && (!success || doomed[b]) -> beginDetach(b)
        :: else -> ended(b)
        fi;
        success = 0
    };
endOffer:
    false
}

proctype Side(byte b; byte s) {
    byte x = 2 * b + s;
end:
    atomic {
        side[x] == DETACH_DUE;
        side[x] = DETACH_CALLED;
        detaches[x]++;
        assert(detaches[x] == 1);                           /* D2 */
        assert(!busy[x]);                                   /* A12 */
        assert(!attaching[b]);                              /* D8 */
        assert(exists[b]);                                  /* A2, A5 */
        assert(module[moduleOf(b, s)] != DEREGISTERED);     /* R7 */
        busy[x] = 1
    };
    if
    :: d_step { done[x] = 1; busy[x] = 0; detached(b, x) }  /* SUCCESS */
    :: d_step {                                             /* PENDING, and somebody completes before it returns (D5) */
            done[x] = 1;
            side[x] = COMPLETED_EARLY
        };
        d_step {
            busy[x] = 0;
#ifdef BROKEN_EARLY
            side[x] = PENDING
#else
            detached(b, x)
#endif
        }
    :: d_step { busy[x] = 0; side[x] = PENDING };           /* PENDING, and somebody completes later */
        d_step { done[x] = 1; detached(b, x) }
    :: d_step { busy[x] = 0; side[x] = LEFT_TO_GATE };      /* it fails, and its gate drains (D9) */
        d_step { done[x] = 1; detached(b, x) }
    fi;
    atomic {
        side[x] == CLEANUP_DUE;
        side[x] = CLEANUP_CALLED;
        cleanups[x]++;
        assert(cleanups[x] == 1);                           /* C1 */
        assert(done[2 * b] && done[2 * b + 1]);             /* C1 */
        assert(!busy[x]);                                   /* A12 */
        assert(module[moduleOf(b, s)] != DEREGISTERED);     /* C2 */
        busy[x] = 1
    };
    d_step {
        busy[x] = 0;
        side[x] = CLEAN;
        if
        :: side[2 * b] == CLEAN && side[2 * b + 1] == CLEAN -> ended(b)
        :: else
        fi
    };
endSide:
    false
}

init {
    byte i;
    atomic {
        i = C;
        do
        :: i < M -> told[i] = 1; i++
        :: else -> break
        od;
        i = 0;
        do
        :: i < M -> run Module(i); i++
        :: else -> break
        od;
        i = 0;
        do
        :: i < B -> run Offer(i); run Side(i, 0); run Side(i, 1); i++
        :: else -> break
        od;
        i = 0
    }
}

/* C2, with weak fairness: every deregistration completes. The modules of one role are alike: one of each says it for all. */
ltl clientCompletes { [] (module[0] == DEREGISTERING -> <> (module[0] == DEREGISTERED)) }
ltl providerCompletes { [] (module[C] == DEREGISTERING -> <> (module[C] == DEREGISTERED)) }
