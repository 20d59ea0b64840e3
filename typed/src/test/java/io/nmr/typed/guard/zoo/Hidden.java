package io.nmr.typed.guard.zoo;

/** Not public, but inherited by one that is. */
interface Hidden {

    String hidden(String value);
}
