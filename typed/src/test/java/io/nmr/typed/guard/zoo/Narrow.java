package io.nmr.typed.guard.zoo;

/** Overrides with narrower types, so the compiler adds bridges. */
public interface Narrow extends Base<String> {

    @Override
    String get();

    @Override
    void put(String value);
}
