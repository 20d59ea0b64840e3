package io.nmr.typed.guard.zoo;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Implements the zoo; runs a probe in every call. */
public class Keeper implements Zoo<String> {

    private final Runnable probe;

    public Keeper(Runnable probe) {
        this.probe = probe;
    }

    private <V> V probed(V value) {
        probe.run();
        return value;
    }

    @Override
    public void nothing() {
        probe.run();
    }

    @Override
    public boolean bool(boolean value) {
        return probed(!value);
    }

    @Override
    public byte octet(byte value) {
        return probed(value);
    }

    @Override
    public char character(char value) {
        return probed(value);
    }

    @Override
    public short small(short value) {
        return probed(value);
    }

    @Override
    public int number(int value) {
        return probed(value);
    }

    @Override
    public long big(long value) {
        return probed(value);
    }

    @Override
    public float real(float value) {
        return probed(value);
    }

    @Override
    public double wide(double value) {
        return probed(value);
    }

    @Override
    public String many(
            long a, int b, double c, String d, float e, boolean f, long[] g, String[][] h, char i, short j, byte k) {
        return probed(a + " " + b + " " + c + " " + d + " " + e + " " + f + " " + g[0] + " " + h[0][0] + " " + i + " " + j
                + " " + k);
    }

    @Override
    public int[] array(int[] value) {
        return probed(value);
    }

    @Override
    public String varargs(String first, String... more) {
        return probed(first + Arrays.toString(more));
    }

    @Override
    public String generic(String value) {
        return probed(value);
    }

    @Override
    public <E> List<E> list(List<E> value) {
        return probed(value);
    }

    @Override
    public Token foreign(Token token) {
        return probed(token);
    }

    @Override
    public void checked() throws IOException {
        probe.run();
        throw new IOException("checked");
    }

    @Override
    public void close() {
        probe.run();
    }

    @Override
    public String defaulted(String value) {
        return probed("own of " + value);
    }

    @Override
    public void enter() {
        probe.run();
    }

    @Override
    public void exit() {
        probe.run();
    }

    @Override
    public Object tracked() {
        return probed("tracked");
    }

    @Override
    public String target(int value) {
        return probed("target " + value);
    }

    @Override
    public String hidden(String value) {
        return probed("hidden " + value);
    }

    @Override
    public String get() {
        return probed("got");
    }

    @Override
    public void put(String value) {
        probe.run();
    }

    @Override
    public boolean equals(Object other) {
        return true;
    }

    @Override
    public int hashCode() {
        return 1;
    }

    @Override
    public String toString() {
        return "keeper";
    }
}
