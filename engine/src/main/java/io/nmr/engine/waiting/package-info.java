/**
 * Threads that wait until deregistrations are complete, and run what ends the bindings meanwhile. A wait that could not end
 * is found out and refused (C6).
 */
package io.nmr.engine.waiting;
