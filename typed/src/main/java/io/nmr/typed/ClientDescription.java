package io.nmr.typed;

/**
 * A client that asks to attach, as a provider's factory sees it.
 *
 * @param module what it says of itself
 * @param callbacks its callbacks, every call of which is tracked; null where the NPI defines none. Calls may begin once
 *     the factory has returned (A12)
 * @param <C> the client's dispatch table
 */
public record ClientDescription<C>(ModuleDescription module, C callbacks) {}
