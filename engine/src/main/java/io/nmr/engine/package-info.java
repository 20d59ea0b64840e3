/**
 * The registrar itself, in pure Java: registrations, bindings, and the order in which their callbacks are called.
 *
 * <p>Each package uses only those before it:
 *
 * <ol>
 *   <li>{@code spi}: what the engine is given.
 *   <li>{@code state}: the state and its one writer. Every operation decides and commits under the lock of one NPI, and
 *       collects effects as data.
 *   <li>{@code effects}: the performer. It calls modules with no lock held and commits their answers.
 *   <li>{@code waiting}: threads that wait for deregistrations and run effects meanwhile.
 *   <li>{@code view}: snapshots.
 *   <li>{@link io.nmr.engine.RegistrarEngine}: the fifteen functions of the NMR. Start reading there.
 * </ol>
 *
 * <p>The engine starts no thread, never sleeps, and reads only the clocks that it is given.
 */
package io.nmr.engine;
