package io.nmr.demo;

/** What the gateway answered. */
record Answer(int status, String body) {
    private static final String CUT = "provider stopped in the middle of a call";

    boolean ok() {
        return status == 200;
    }

    /** The provider's activator had stopped while this call was still running. */
    boolean cut() {
        return body.contains(CUT);
    }
}
