/** What an engine shows of itself, in the records of {@link io.nmr.api.runtime}. */
package io.nmr.engine.view;
