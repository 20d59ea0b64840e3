/**
 * The registrar's state, and its one writer: registrations, bindings with two sides each, and the transitions that they may
 * make.
 *
 * <p>Start at {@link io.nmr.engine.state.Phase} and {@link io.nmr.engine.state.SideState}, the two tables; then
 * {@link io.nmr.engine.state.Binding}. Each operation decides and commits under the lock of one NPI. The commit collects
 * {@link io.nmr.engine.state.Effect}s as data; a {@link io.nmr.engine.state.Performer} runs them with no lock held.
 */
package io.nmr.engine.state;
