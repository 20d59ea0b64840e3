package io.nmr.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Decides who goes on where more than one can; 0 is whoever ran last, if it can. Remembers what it decided. */
abstract class Choices {

    private final List<Integer> made = new ArrayList<>();

    /** {@code state} tells the state in which this is decided, at some cost. */
    final int next(int options, LongSupplier state) {
        int choice = decide(made.size(), options, state);
        made.add(choice);
        return choice;
    }

    abstract int decide(int depth, int options, LongSupplier state);

    final Schedule made() {
        return new Schedule(made);
    }
}
