package io.nmr.jmx;

import io.nmr.api.runtime.ModuleSnapshot;
import java.util.Date;

/** A module, as a row for a console. */
public final class ModuleData {

    private final ModuleSnapshot module;

    ModuleData(ModuleSnapshot module) {
        this.module = module;
    }

    /** The number of its registration. */
    public long getId() {
        return module.module().id();
    }

    /** CLIENT or PROVIDER. */
    public String getRole() {
        return module.module().role().name();
    }

    /** The name of its NPI. */
    public String getNpi() {
        return module.module().npiName();
    }

    /** Its NPI, as a GUID. */
    public String getNpiId() {
        return module.module().npiId();
    }

    /** Its module id. */
    public String getModuleId() {
        return module.module().moduleId();
    }

    /** Its implementation number. */
    public long getNumber() {
        return module.module().number();
    }

    /** The bundle that published it. */
    public String getBundle() {
        return module.module().bundle().toString();
    }

    /** REGISTERED, DEREGISTERING or ABANDONED. */
    public String getState() {
        return module.state().name();
    }

    /** When it got there. */
    public Date getSince() {
        return Date.from(module.since());
    }

    /** How many bindings it has, of all states. */
    public int getBindings() {
        return module.bindings();
    }
}
