package io.nmr.typed;

import io.nmr.api.NpiId;
import io.nmr.typed.guard.Guards;
import java.util.Objects;
import java.util.function.Function;

/**
 * A Network Programming Interface: its id, its name, and the types of what clients and providers of it show each other.
 * Made once, as a constant of the bundle that holds these types; making one generates classes.
 *
 * <p>A dispatch table is described by a public interface. Calls of it are in progress until they return, and if they
 * return a {@code CompletionStage}, a {@code CompletableFuture} or an OSGi {@code Promise}, until that completes (T4). So
 * they are if a method of an erased or wider type, such as {@code Object} or {@code Future}, returns a
 * {@code CompletionStage}. Of no other result can the end be known; let the method return one of these.
 *
 * <p><b>Threading.</b> Immutable.
 *
 * @param <C> the client's dispatch table, its callbacks; {@code Void} where the NPI defines none
 * @param <P> the provider's dispatch table
 */
public final class Npi<C, P> {

    private final NpiId id;
    private final String name;
    private final Class<P> provider;
    private final Guards<P> providerGuards;
    private final ClientVersions<C> clientVersions;
    private final Class<?> clientCharacteristics;
    private final Class<?> providerCharacteristics;

    private Npi(
            NpiId id,
            String name,
            Class<P> provider,
            Guards<P> providerGuards,
            ClientVersions<C> clientVersions,
            Class<?> clientCharacteristics,
            Class<?> providerCharacteristics) {
        this.id = Objects.requireNonNull(id, "id");
        this.name = Objects.requireNonNull(name, "name");
        this.provider = provider;
        this.providerGuards = providerGuards;
        this.clientVersions = clientVersions;
        this.clientCharacteristics = clientCharacteristics;
        this.providerCharacteristics = providerCharacteristics;
    }

    /**
     * An NPI whose clients have no callbacks.
     *
     * @param <P> the provider's dispatch table
     * @param id its id
     * @param name its name, for messages
     * @param provider the type of the provider's dispatch table
     * @return the NPI
     * @throws IllegalArgumentException if {@code provider} is no interface that everybody may implement and call
     */
    public static <P> Npi<Void, P> of(NpiId id, String name, Class<P> provider) {
        return new Npi<>(id, name, provider, Guards.of(provider), ClientVersions.none(), null, null);
    }

    /**
     * An NPI whose clients and providers call each other.
     *
     * @param <C> the client's dispatch table
     * @param <P> the provider's dispatch table
     * @param id its id
     * @param name its name, for messages
     * @param client the type of the client's dispatch table
     * @param provider the type of the provider's dispatch table
     * @return the NPI
     * @throws IllegalArgumentException if one of them is no interface that everybody may implement and call
     */
    public static <C, P> Npi<C, P> of(NpiId id, String name, Class<C> client, Class<P> provider) {
        return new Npi<>(id, name, provider, Guards.of(provider), ClientVersions.of(client), null, null);
    }

    /**
     * Adds an earlier version of the client's dispatch table, for modules that know no later one (A6). A client is asked
     * for the current version only: it is attached with the first that the provider takes, in the order in which they were
     * added. A provider gets the current version only, whichever it was attached with.
     *
     * @param <E> the earlier version
     * @param earlier its type
     * @param offer makes the earlier of the current version
     * @param adapt makes the current of the earlier version
     * @return the NPI with it
     * @throws IllegalArgumentException if {@code earlier} is no interface that everybody may implement and call
     * @throws IllegalStateException if the NPI's clients have no callbacks
     */
    public <E> Npi<C, P> withEarlierClient(
            Class<E> earlier, Function<? super C, ? extends E> offer, Function<? super E, ? extends C> adapt) {
        if (clientVersions.isEmpty()) {
            throw new IllegalStateException(this + " has no client dispatch, so no earlier one");
        }
        ClientVersion<?, C> version = new ClientVersion<>(earlier, Guards.of(earlier), offer, adapt);
        return new Npi<>(
                id,
                name,
                provider,
                providerGuards,
                clientVersions.with(version),
                clientCharacteristics,
                providerCharacteristics);
    }

    /**
     * Names the type of what a client says of itself; one that says something else is not attached.
     *
     * @param type the type of its NPI-specific characteristics
     * @return the NPI with it
     */
    public Npi<C, P> withClientCharacteristics(Class<?> type) {
        Objects.requireNonNull(type, "type");
        return new Npi<>(id, name, provider, providerGuards, clientVersions, type, providerCharacteristics);
    }

    /**
     * Names the type of what a provider says of itself; one that says something else is not attached.
     *
     * @param type the type of its NPI-specific characteristics
     * @return the NPI with it
     */
    public Npi<C, P> withProviderCharacteristics(Class<?> type) {
        Objects.requireNonNull(type, "type");
        return new Npi<>(id, name, provider, providerGuards, clientVersions, clientCharacteristics, type);
    }

    /** {@return its id, by which alone modules meet (R3)} */
    public NpiId id() {
        return id;
    }

    /** {@return its name, for messages} */
    public String name() {
        return name;
    }

    /**
     * Whether calls are tracked by proxies, because this machine cannot have generated classes; a warning in the log says
     * why.
     *
     * @return true if a dispatch table's calls go through a proxy, which is slower
     */
    public boolean usesProxies() {
        return providerGuards.areProxies() || clientVersions.all().stream().anyMatch(version -> version.guards().areProxies());
    }

    Class<P> provider() {
        return provider;
    }

    Guards<P> providerGuards() {
        return providerGuards;
    }

    ClientVersions<C> clientVersions() {
        return clientVersions;
    }

    /** Null where any will do. */
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
