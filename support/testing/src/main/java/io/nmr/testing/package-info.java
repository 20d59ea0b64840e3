/**
 * For in-framework tests of one's own modules: what Pax Exam needs to put the registrar into a container, and a client that
 * shows whether calls are drained. What a drain is, and when a stop waits, is in
 * <a href="{@docRoot}/io/nmr/api/doc-files/protocol.html">the protocol</a>.
 */
@Export
@Version("1.0.0")
package io.nmr.testing;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
