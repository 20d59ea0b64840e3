package io.nmr.typed.guard.zoo;

import java.io.IOException;
import java.util.List;

/** Every shape of method that returns before it ends. */
public interface Zoo<T extends Comparable<T>> extends Narrow, Hidden, AutoCloseable {

    void nothing();

    boolean bool(boolean value);

    byte octet(byte value);

    char character(char value);

    short small(short value);

    int number(int value);

    long big(long value);

    float real(float value);

    double wide(double value);

    String many(long a, int b, double c, String d, float e, boolean f, long[] g, String[][] h, char i, short j, byte k);

    int[] array(int[] value);

    String varargs(String first, String... more);

    T generic(T value);

    <E> List<E> list(List<E> value);

    Token foreign(Token token);

    void checked() throws IOException;

    @Override
    void close() throws IOException;

    default String defaulted(String value) {
        return "default of " + prefixed(value);
    }

    private String prefixed(String value) {
        return constant() + value;
    }

    static String constant() {
        return "constant ";
    }

    // the names that a guard itself uses
    void enter();

    void exit();

    Object tracked();

    String target(String value);

    // Object's own
    @Override
    boolean equals(Object other);

    @Override
    String toString();
}
