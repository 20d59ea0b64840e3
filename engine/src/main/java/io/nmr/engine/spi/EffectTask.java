package io.nmr.engine.spi;

import io.nmr.api.runtime.BundleRef;
import io.nmr.api.runtime.ModuleRef;

/**
 * An effect as an {@link EffectExecutor} sees it. Running one twice is harmless: the first run claims it, and the second
 * finds nothing to do. Code of modules that throws is contained.
 */
public interface EffectTask extends Runnable {

    /** {@return its sort} */
    EffectKind kind();

    /** {@return the bundle of the module that it calls; null in plain Java} */
    BundleRef bundle();

    /** {@return the module that it calls} */
    ModuleRef module();
}
