package io.nmr.engine.state;

import io.nmr.api.runtime.BundleRef;
import io.nmr.api.runtime.ModuleRef;
import io.nmr.engine.spi.EffectKind;
import io.nmr.engine.spi.EffectTask;

/**
 * A call that a committed transition leads to: its kind and its subject. The {@link Performer} knows what each kind does.
 *
 * @param kind its kind
 * @param target the module whose code is called
 * @param side the side whose callback it is; null where the callback is the module's own
 */
public record Effect(EffectKind kind, NetworkModule target, Side side) implements EffectTask {

    static Effect of(EffectKind kind, Side side) {
        return new Effect(kind, side.module(), side);
    }

    static Effect of(EffectKind kind, NetworkModule module) {
        return new Effect(kind, module, null);
    }

    @Override
    public BundleRef bundle() {
        return target.bundle();
    }

    @Override
    public ModuleRef module() {
        return target.ref();
    }

    @Override
    public void run() {
        target.group().registry().performer().run(this);
    }

    @Override
    public String toString() {
        return kind + " for " + module();
    }
}
