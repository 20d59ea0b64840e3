/**
 * What the registrar shows of itself: snapshots to read, events as they happen, and the two things that an operator may
 * do to a binding. Shell, JMX, health checks and metrics stand on this package alone.
 *
 * <p>Everything in it is immutable and made of ids, numbers and strings; it keeps no class, service or bundle of a module
 * reachable (R7). A snapshot may be stale by the time it is read. Rule numbers are those of
 * <a href="{@docRoot}/io/nmr/api/doc-files/protocol.html">the protocol</a>.
 */
@Export
@Version("1.0.0")
package io.nmr.api.runtime;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
