package io.nmr.testing;

/** The NPI of the test. */
public interface Greeter {

    String greet(String name) throws InterruptedException;
}
