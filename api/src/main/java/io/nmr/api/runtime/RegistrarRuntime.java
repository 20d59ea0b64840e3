package io.nmr.api.runtime;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The running registrar as an operator sees it; an OSGi service.
 *
 * <p><b>Threading.</b> Any thread. A look takes the lock of one NPI at a time, for as long as it takes to copy one entry or
 * a list of references. Each entry of an answer is consistent; two of them need not be of one moment, and all of it may be
 * stale when it is read. An entry that is there throughout a call is in its answer, once. {@link #abandon} and {@link #drop}
 * decide on the state at that moment.
 */
@ProviderType
public interface RegistrarRuntime {

    /**
     * {@return the modules that are registered, or deregistering with bindings left, in the order of their registration}
     */
    List<ModuleSnapshot> modules();

    /** {@return the bindings that there are, in the order of their offers; an offer under way is one too} */
    List<BindingSnapshot> bindings();

    /**
     * One binding, with the threads that are inside of its calls.
     *
     * @param id the binding
     * @return it, or empty if there is none of this id, or none any more
     */
    Optional<BindingReport> binding(long id);

    /** {@return the drains under way: stops and unregistrations that wait, the oldest first} */
    List<DrainSnapshot> drains();

    /** {@return what has happened since the registrar started} */
    Counters counters();

    /** {@return how long the drains took that have ended since the registrar started} */
    DrainTimes drainTimes();

    /**
     * Gives up a binding on its way out before its time, as if its detach timeout had passed.
     * It becomes overdue; a late completion still cleans it up. A stop that waits for other bindings, too, waits for those, and
     * goes on with the last of them.
     *
     * @param binding the binding
     * @return false, and nothing changes, if there is none of this id that is on its way out and not overdue
     */
    boolean abandon(long binding);

    /**
     * Forgets an overdue binding without calling its modules again: neither completions nor cleanups follow. For a module
     * that is known never to complete; what it still does through the binding is its own affair from here on.
     *
     * @param binding the binding
     * @return false, and nothing changes, if there is none of this id that is overdue; nor is one dropped that is still
     *     inside its attach callbacks, for the provider may yet accept it (D8)
     */
    boolean drop(long binding);
}
