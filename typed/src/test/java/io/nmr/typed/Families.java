package io.nmr.typed;

/** What a provider of the tests says of itself. */
public record Families(String served, long ranking) {}
