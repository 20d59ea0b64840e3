/**
 * The registrar itself, in pure Java: registrations, bindings, and the order in which their callbacks are called.
 *
 * <p>Start reading at {@link io.nmr.engine.RegistrarEngine}, then {@link io.nmr.engine.Phase} and
 * {@link io.nmr.engine.SideState} (what a binding goes through), {@code Binding} (the one writer of both), and
 * {@code Waiter} (on which thread the end of a binding runs).
 *
 * <p><b>Locks.</b> One lock for each NPI guards its modules, bindings and sides; no thread holds two of them, and nothing
 * foreign is called under one. Each operation decides and commits under it and collects {@link io.nmr.engine.Effect}s,
 * which are performed once it is released. The engine starts no thread, never sleeps, and reads only the clock it is
 * given.
 */
package io.nmr.engine;
