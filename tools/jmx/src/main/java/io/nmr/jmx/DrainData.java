package io.nmr.jmx;

import io.nmr.api.runtime.DrainSnapshot;
import java.util.Date;

/** A drain under way, for a console. */
public final class DrainData {

    private final DrainSnapshot drain;

    DrainData(DrainSnapshot drain) {
        this.drain = drain;
    }

    /** Its number. */
    public long getId() {
        return drain.id();
    }

    /** What goes: a bundle, a service, the framework, the registrar. */
    public String getWhat() {
        return drain.what();
    }

    /** When it began. */
    public Date getSince() {
        return Date.from(drain.since());
    }

    /** How long it has been under way, in ms. */
    public long getAgeMillis() {
        return drain.age().toMillis();
    }

    /** How long it may still take, in ms; negative once the time has passed, null without bound. */
    public Long getRemainingMillis() {
        return drain.remaining() == null ? null : (Long) drain.remaining().toMillis();
    }

    /** How many modules go. */
    public int getModules() {
        return drain.modules();
    }

    /** The bindings that it waits for. */
    public BindingData[] getBindings() {
        return drain.bindings().stream().map(BindingData::new).toArray(BindingData[]::new);
    }
}
