package io.nmr.itests.kit;

/** A module that records what is done with it. */
public interface TestModule {

    /** The types that it is published under. */
    String[] types();

    /** What its bundle's activator does when it stops: from here on nothing must be in progress in it. */
    void tearDown();

    /** The other way round, when it starts. */
    void revive();

    /** Fails unless each binding that came to be was detached once and cleaned up once. */
    void checkAllGone();
}
