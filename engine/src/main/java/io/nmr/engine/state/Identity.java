package io.nmr.engine.state;

import io.nmr.api.ModuleId;
import io.nmr.api.runtime.BundleRef;
import io.nmr.api.runtime.ModuleRef;
import io.nmr.api.runtime.Role;

/**
 * What names a module, during its registration and after it. Holds nothing of the module's own classes (R7).
 *
 * @param id the number of the registration
 * @param role client or provider
 * @param moduleId its module id
 * @param number its implementation number
 * @param bundle the bundle that it comes from; null in plain Java
 */
record Identity(long id, Role role, ModuleId moduleId, long number, BundleRef bundle) {

    static Identity of(long id, Declaration declaration, BundleRef bundle) {
        return new Identity(
                id, declaration.role(), declaration.instance().moduleId(), declaration.instance().number(), bundle);
    }

    ModuleRef ref(String npiId, String npiName) {
        String module = moduleId instanceof ModuleId.Guid of ? of.guid().toString() : moduleId.toString();
        return new ModuleRef(id, role, npiId, npiName, module, number, bundle);
    }
}
