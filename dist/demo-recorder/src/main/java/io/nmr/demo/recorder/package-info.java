/** Records, inside the demo's framework, what the checker of histories needs. */
package io.nmr.demo.recorder;
