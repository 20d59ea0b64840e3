package io.nmr.typed;

import io.nmr.api.NpiId;
import io.nmr.api.runtime.Role;
import io.nmr.typed.guard.GuardFactory;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A Network Programming Interface: its id, its name, and the types that clients and providers of it show each other.
 * Create it once, as a constant of the bundle that exports these types: each creation generates classes.
 *
 * <p>A dispatch table is a public interface. A call of a method is in progress until the method returns. If the method
 * returns a {@code CompletionStage}, a {@code CompletableFuture} or an OSGi {@code Promise}, the call is in progress until
 * that completes (T4). This holds too if a method of a wider result type, such as {@code Object} or {@code Future},
 * returns a {@code CompletionStage}. No other result shows when a call ends: let an asynchronous method return one of these.
 *
 * <p><b>Threading.</b> Immutable.
 *
 * @param <C> the client's dispatch table, its callbacks; {@code Void} where the NPI defines none
 * @param <P> the provider's dispatch table
 */
public final class Npi<C, P> {

    private final NpiId id;
    private final String name;
    private final GuardFactory<P> providerGuards;
    private final List<CallbackVersion<?, C>> callbackVersions;
    private final Class<?> clientCharacteristics;
    private final Class<?> providerCharacteristics;

    private Npi(
            NpiId id,
            String name,
            GuardFactory<P> providerGuards,
            List<CallbackVersion<?, C>> callbackVersions,
            Class<?> clientCharacteristics,
            Class<?> providerCharacteristics) {
        this.id = Objects.requireNonNull(id, "id");
        this.name = Objects.requireNonNull(name, "name");
        this.providerGuards = providerGuards;
        this.callbackVersions = callbackVersions;
        this.clientCharacteristics = clientCharacteristics;
        this.providerCharacteristics = providerCharacteristics;
    }

    /**
     * Creates an NPI whose clients have no callbacks.
     *
     * @param <P> the provider's dispatch table
     * @param id its id
     * @param name its name, for messages
     * @param provider the type of the provider's dispatch table
     * @return the NPI
     * @throws IllegalArgumentException if {@code provider} is not a public interface that other bundles can implement
     */
    public static <P> Npi<Void, P> of(NpiId id, String name, Class<P> provider) {
        return new Npi<>(id, name, GuardFactory.of(provider), List.of(), null, null);
    }

    /**
     * Creates an NPI whose clients and providers call each other.
     *
     * @param <C> the client's dispatch table
     * @param <P> the provider's dispatch table
     * @param id its id
     * @param name its name, for messages
     * @param client the type of the client's dispatch table
     * @param provider the type of the provider's dispatch table
     * @return the NPI
     * @throws IllegalArgumentException if one of the types is not a public interface that other bundles can implement
     */
    public static <C, P> Npi<C, P> of(NpiId id, String name, Class<C> client, Class<P> provider) {
        return new Npi<>(
                id, name, GuardFactory.of(provider), List.of(CallbackVersion.current(client)), null, null);
    }

    /**
     * Adds an earlier version of the client's dispatch table, for modules that know no later one (A6). A client supplies
     * the current version only. It offers a provider each version, the current one first, then the earlier ones in the order in
     * which they were added, until the provider takes one. A provider always calls the current version.
     *
     * @param <E> the earlier version
     * @param earlier its type
     * @param offer converts the current version to the earlier one
     * @param adapt converts the earlier version to the current one
     * @return a copy of this NPI with the earlier version
     * @throws IllegalArgumentException if {@code earlier} is not a public interface that other bundles can implement
     * @throws IllegalStateException if the NPI defines no callbacks
     */
    public <E> Npi<C, P> withEarlierClient(
            Class<E> earlier, Function<? super C, ? extends E> offer, Function<? super E, ? extends C> adapt) {
        if (callbackVersions.isEmpty()) {
            throw new IllegalStateException(this + " defines no callbacks, so no earlier version of them");
        }
        CallbackVersion<?, C> version = new CallbackVersion<>(GuardFactory.of(earlier), offer, adapt);
        List<CallbackVersion<?, C>> versions =
                Stream.<CallbackVersion<?, C>>concat(callbackVersions.stream(), Stream.of(version)).toList();
        return new Npi<>(id, name, providerGuards, versions, clientCharacteristics, providerCharacteristics);
    }

    /**
     * Sets the type of the characteristics of clients. A client with others is not attached.
     *
     * @param type the type of a client's NPI-specific characteristics
     * @return a copy of this NPI with the type
     */
    public Npi<C, P> withClientCharacteristics(Class<?> type) {
        Objects.requireNonNull(type, "type");
        return new Npi<>(id, name, providerGuards, callbackVersions, type, providerCharacteristics);
    }

    /**
     * Sets the type of the characteristics of providers. A provider with others is not attached.
     *
     * @param type the type of a provider's NPI-specific characteristics
     * @return a copy of this NPI with the type
     */
    public Npi<C, P> withProviderCharacteristics(Class<?> type) {
        Objects.requireNonNull(type, "type");
        return new Npi<>(id, name, providerGuards, callbackVersions, clientCharacteristics, type);
    }

    /** {@return its id: clients and providers of the same id are attached to each other (R3)} */
    public NpiId id() {
        return id;
    }

    /** {@return its name, for messages} */
    public String name() {
        return name;
    }

    /**
     * Whether proxies track the calls, because this virtual machine rejects generated classes; a warning in the log
     * tells why.
     *
     * @return true if the calls of a dispatch table go through a proxy, which is slower
     */
    public boolean usesProxies() {
        return providerGuards.areProxies()
                || callbackVersions.stream().anyMatch(version -> version.guards().areProxies());
    }

    GuardFactory<P> providerGuards() {
        return providerGuards;
    }

    List<CallbackVersion<?, C>> callbackVersions() {
        return callbackVersions;
    }

    /** Null if all characteristics are accepted. */
    Class<?> characteristics(Role role) {
        return switch (role) {
            case CLIENT -> clientCharacteristics;
            case PROVIDER -> providerCharacteristics;
        };
    }

    @Override
    public String toString() {
        return "NPI '" + name + "' " + id;
    }
}
