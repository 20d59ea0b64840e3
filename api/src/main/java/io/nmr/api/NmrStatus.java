package io.nmr.api;

import java.util.Map;

/**
 * A status: 32 bits with the meaning of the {@code NTSTATUS} of the same value. The set is open: a module refuses with
 * any value it likes but {@link #SUCCESS}.
 *
 * <p>Compare with {@code equals}, never by sign: {@link #PENDING} and {@link #TIMEOUT} are success codes by sign.
 *
 * @param value the 32 bits
 */
public record NmrStatus(int value) {

    /** Done ({@code STATUS_SUCCESS}). */
    public static final NmrStatus SUCCESS = new NmrStatus(0x00000000);

    /** A bounded wait ran out ({@code STATUS_TIMEOUT}, C3). */
    public static final NmrStatus TIMEOUT = new NmrStatus(0x00000102);

    /** Begun and not yet complete ({@code STATUS_PENDING}, C2 and D4). */
    public static final NmrStatus PENDING = new NmrStatus(0x00000103);

    /** Something failed that has no status of its own, such as a callback that threw ({@code STATUS_UNSUCCESSFUL}). */
    public static final NmrStatus UNSUCCESSFUL = new NmrStatus(0xC0000001);

    /** An argument, a handle or the moment of a call is not legal ({@code STATUS_INVALID_PARAMETER}). */
    public static final NmrStatus INVALID_PARAMETER = new NmrStatus(0xC000000D);

    /** The module or the registrar is going away and takes no new binding ({@code STATUS_DELETE_PENDING}). */
    public static final NmrStatus DELETE_PENDING = new NmrStatus(0xC0000056);

    /** Not enough memory or other resources ({@code STATUS_INSUFFICIENT_RESOURCES}). */
    public static final NmrStatus INSUFFICIENT_RESOURCES = new NmrStatus(0xC000009A);

    /** The wait could not have ended before the call that asked for it ({@code STATUS_POSSIBLE_DEADLOCK}, C6). */
    public static final NmrStatus POSSIBLE_DEADLOCK = new NmrStatus(0xC0000194);

    /** Not interested in this module ({@code STATUS_NOINTERFACE}, A2). */
    public static final NmrStatus NOINTERFACE = new NmrStatus(0xC00002B9);

    private static final Map<NmrStatus, String> NAMES = Map.of(
            SUCCESS, "STATUS_SUCCESS",
            TIMEOUT, "STATUS_TIMEOUT",
            PENDING, "STATUS_PENDING",
            UNSUCCESSFUL, "STATUS_UNSUCCESSFUL",
            INVALID_PARAMETER, "STATUS_INVALID_PARAMETER",
            DELETE_PENDING, "STATUS_DELETE_PENDING",
            INSUFFICIENT_RESOURCES, "STATUS_INSUFFICIENT_RESOURCES",
            POSSIBLE_DEADLOCK, "STATUS_POSSIBLE_DEADLOCK",
            NOINTERFACE, "STATUS_NOINTERFACE");

    /** {@return whether this is {@link #SUCCESS}; every other value, {@link #PENDING} among them, is not} */
    public boolean isSuccess() {
        return value == SUCCESS.value;
    }

    @Override
    public String toString() {
        return String.format("%s(0x%08X)", NAMES.getOrDefault(this, "status"), value);
    }
}
