package io.nmr.health;

import io.nmr.api.runtime.RegistrarRuntime;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.ResultLog;

/** The registrar, which may be away, as while it is updated. */
final class Registrar {

    private final Supplier<RegistrarRuntime> runtime;

    Registrar(Supplier<RegistrarRuntime> runtime) {
        this.runtime = runtime;
    }

    /** What a check finds; without a registrar that it is not there. */
    Result check(Function<RegistrarRuntime, ResultLog> check) {
        RegistrarRuntime running = runtime.get();
        return running == null
                ? new Result(Result.Status.TEMPORARILY_UNAVAILABLE, "The registrar is not running")
                : new Result(check.apply(running));
    }
}
