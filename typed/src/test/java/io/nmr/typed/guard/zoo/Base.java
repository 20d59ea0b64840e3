package io.nmr.typed.guard.zoo;

/** Generic, and inherited from. */
public interface Base<T> {

    T get();

    void put(T value);
}
