package io.nmr.engine.view;

import io.nmr.api.runtime.ModuleRef;

/**
 * A thread inside a tracked call of a binding, as far as is known: raw gates and calls that go on asynchronously have none.
 * It holds the thread: drop it soon.
 *
 * @param binding the number of the binding
 * @param module the module whose call it is
 * @param thread the thread; it may have left the call meanwhile
 */
public record Caller(long binding, ModuleRef module, Thread thread) {}
