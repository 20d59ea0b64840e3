package io.nmr.itests.kit;

/** What a {@link Journal} records of a module, a bundle or a thread. */
public enum Moment {
    /** The activator of a bundle. */
    START,
    STOP,
    /** A component. */
    ACTIVATE,
    DEACTIVATE,
    /** The use of a service that is made for its user. */
    GET,
    UNGET,
    ATTACH,
    ATTACH_END,
    /** The client has its answer: the provider accepted. */
    ATTACHED,
    DETACH,
    /** It answered anything but PENDING. */
    DETACH_END,
    DETACH_PENDING,
    COMPLETES,
    CLEANUP,
    CLEANUP_END,
    /** A call into a provider. */
    CALL,
    CALL_END,
    /** It ended after its module was torn down. */
    CALL_TORN,
    /** An asynchronous call into a provider. */
    LATER,
    /** A call into a client. */
    HEAR,
    HEAR_END,
    HEAR_TORN,
    /** A lock. */
    WANTED,
    ENTERED,
    RELEASED,
    UNREGISTERED,
    /** A thread has done what it was to do. */
    RETURNED,
    FAILED,
    /** It does more after what it asked for. */
    GOES_ON;

    /** This moment of one thing. */
    public record Of(String who, Moment what) {

        @Override
        public String toString() {
            return who + " " + what;
        }
    }

    /** Of a module, or of a bundle or a thread with this name. */
    public Of of(Object who) {
        return new Of(who.toString(), this);
    }
}
