/**
 * The registrar on OSGi: published characteristics become registrations, and bundles that stop are drained.
 *
 * <p>Start reading at {@link io.nmr.registrar.Activator}, then {@code ModuleTracker} (a service becomes a module),
 * {@code StoppingHook} and {@code UnregisteringHook} (a module goes), {@code Drainer} (how it goes) and
 * {@code CallbackThreads} (on which thread a module is called).
 *
 * <p>Nothing here is exported; nothing depends on it.
 */
package io.nmr.registrar;
