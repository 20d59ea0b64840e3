package io.nmr.jmx;

import io.nmr.api.runtime.BindingSnapshot;

/** A binding, as a row for a console. */
public final class BindingData {

    private final BindingSnapshot binding;

    BindingData(BindingSnapshot binding) {
        this.binding = binding;
    }

    /** Its number. */
    public long getId() {
        return binding.id();
    }

    /** ATTACHING, ATTACHED, DETACHING or CLEANING. */
    public String getState() {
        return binding.state().name();
    }

    /** Whether nobody waits for it any longer. */
    public boolean isOverdue() {
        return binding.overdue();
    }

    /** How long it has been on its way out, in ms; zero if it is not. */
    public long getLeavingForMillis() {
        return binding.leavingFor().toMillis();
    }

    /** The name of its NPI. */
    public String getNpi() {
        return binding.client().module().npiName();
    }

    /** The number of the client's registration. */
    public long getClientId() {
        return binding.client().module().id();
    }

    /** The client's bundle. */
    public String getClientBundle() {
        return binding.client().module().bundle().toString();
    }

    /** The client's calls in progress; null: not tracked. */
    public Long getClientCalls() {
        return SideCalls.of(binding.client());
    }

    /** What the binding waits for of the client. */
    public String getClientOwes() {
        return binding.client().owes().name();
    }

    /** The number of the provider's registration. */
    public long getProviderId() {
        return binding.provider().module().id();
    }

    /** The provider's bundle. */
    public String getProviderBundle() {
        return binding.provider().module().bundle().toString();
    }

    /** The provider's calls in progress; null: not tracked. */
    public Long getProviderCalls() {
        return SideCalls.of(binding.provider());
    }

    /** What the binding waits for of the provider. */
    public String getProviderOwes() {
        return binding.provider().owes().name();
    }
}
