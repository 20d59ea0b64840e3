package io.nmr.sample.npi;

/** The registry's answer to whether a block is globally reachable (RFC 8190). */
public enum GloballyReachable {
    /** "True". */
    YES,
    /** "False". */
    NO,
    /** "N/A", as with 6to4, where the embedded address decides, or nothing, as with a deprecated block. */
    NOT_APPLICABLE
}
