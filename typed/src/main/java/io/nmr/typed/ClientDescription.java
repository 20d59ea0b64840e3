package io.nmr.typed;

/**
 * A client that asks to attach, for the factory that makes its implementation.
 *
 * @param module its description
 * @param callbacks its callbacks, tracked; null where the NPI defines none. Calls may begin when the factory has
 *     returned (A12)
 * @param <C> the client's dispatch table
 */
public record ClientDescription<C>(ModuleDescription module, C callbacks) {}
