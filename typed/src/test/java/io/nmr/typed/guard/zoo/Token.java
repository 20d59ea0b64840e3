package io.nmr.typed.guard.zoo;

/** A type that only the interface's loader knows. */
public record Token(String text) {}
