package io.nmr.engine.state;

import io.nmr.api.runtime.Role;

/**
 * A binding's way out. It is apart from the binding because most bindings have none.
 *
 * @param first the role of the module that left first
 * @param since when that was, in nanoseconds of the injected clock
 * @param overdue whether waiting for it has been given up
 */
record Leaving(Role first, long since, boolean overdue) {

    Leaving asOverdue() {
        return new Leaving(first, since, true);
    }
}
