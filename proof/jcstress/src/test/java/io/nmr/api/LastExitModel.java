package io.nmr.api;

import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;

/** For Lincheck: the last call leaves a cell beside refused ones, while another cell still has one. */
@SuppressWarnings("this-escape")
public class LastExitModel {

    private final Watched watched = new Watched().inflated();
    private final int last = watched.gate.enterCell(1);
    private final int other = watched.gate.enterCell(2);

    public LastExitModel() {
        watched.close();
    }

    @Operation(runOnce = true)
    public void exit() {
        watched.gate.exit(last);
    }

    @Operation
    public void enter() {
        watched.gate.enterCell(1);
    }

    /** Whether the other call is waited for. */
    @Validate
    public void otherCompletes() {
        if (watched.gate.inProgress() == 1 && !watched.exit(other).equals("0 then 1")) {
            throw new IllegalStateException("completed without the last call");
        }
    }
}
