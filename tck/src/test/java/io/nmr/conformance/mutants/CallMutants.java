package io.nmr.conformance.mutants;

import static io.nmr.conformance.mutants.Mutant.ofApi;
import static io.nmr.conformance.mutants.Mutant.ofEngine;

import java.util.List;

/** Mutants that break T. Those of the gate's cells show only when threads race: they are in {@code jcstress}. */
final class CallMutants {

    private CallMutants() {}

    static List<Mutant> all() {
        return List.of(
                ofApi("T1", "calls are refused only once the gate has drained", "CallGate").trap(20)
                        .with("while ((seen & (CLOSED | INFLATED)) == 0) {\n            if",
                                "while ((seen & (DRAINED | INFLATED)) == 0) {\n            if")
                        .with("return (seen & CLOSED) != 0 ? REFUSED", "return (seen & DRAINED) != 0 ? REFUSED"),
                ofApi("T1", "the fast path takes no notice of what is in progress", "CallGate")
                        .with("return Cells.calls(seen) +", "return Math.min(1, Cells.calls(seen)) +"),
                ofApi("T2", "the close of an empty gate is pending", "CallGate")
                        .with("complete(mine);\n            return NmrStatus.SUCCESS;",
                                "complete(null);\n            return NmrStatus.PENDING;"),
                ofApi("T2", "the last exit completes nothing", "CallGate")
                        .with("if (isEmpty(left) && claim(token, left) && isLast()) {",
                                "if (isEmpty(left) && claim(token, left) && isLast() && left == 0) {"),
                ofEngine("T2", "cleanups run on the thread of the last exit", "Effects").trap(22)
                        .with("if (waiter == null || !waiter", "if (waiter == null || settings != null || !waiter"),
                ofApi("T3", "counted after closing began, then undone: the last wake-up is lost", "CallGate").trap(19)
                        .with("return rest == null && WORD.compareAndSet(this, 0L, CALL) ? IN_WORD : enterAsItIs();", """
                                if ((add(IN_WORD, CALL) & (CLOSED | INFLATED)) == 0) {
                                    return IN_WORD;
                                }
                                java.util.concurrent.locks.LockSupport.parkNanos(20_000);
                                add(IN_WORD, -CALL);
                                return enterAsItIs();"""),
                ofApi("T4", "an asynchronous call inside another is not counted", "CallChain")
                        .with("gate.enterWithin(counted(frames[outer]));", "counted(frames[outer]);"),
                ofApi("T5", "each tracked call allocates", "CallChain")
                        .with("frames[0] = top;", "frames[0] = top;\n        CHAIN.set(CHAIN.get().clone());"),
                ofApi("T6", "a token admits nothing once the gate is closed", "CallGate")
                        .with("if (Cells.calls(add(held, CALL)) < 2) {",
                                "if (Cells.calls(add(held, CALL)) < 2 || isClosed()) {"),
                ofApi("T6", "what a call in progress calls further is refused", "CallChain")
                        .with("outer == 0 ? gate.enter() : uncounted(frames[outer]);", "gate.enter();")
                        .with("if (outer == 0 && token ==", "if (token =="));
    }
}
