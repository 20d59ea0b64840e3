package io.nmr.explore;

import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The choices of an execution, in their order; 0 after the last. */
record Schedule(List<Integer> choices) {

    Schedule {
        choices = List.copyOf(choices);
    }

    int choice(int depth) {
        return depth < choices.size() ? choices.get(depth) : 0;
    }

    Schedule followedBy(int choice) {
        return new Schedule(Stream.concat(choices.stream(), Stream.of(choice)).toList());
    }

    Schedule upTo(int length) {
        return new Schedule(choices.subList(0, length));
    }

    /** How often somebody else goes on than would by default. */
    long turns() {
        return choices.stream().filter(choice -> choice != 0).count();
    }

    /** The same without the choices that are made anyway. */
    Schedule trimmed() {
        int length = choices.size();
        while (length > 0 && choices.get(length - 1) == 0) {
            length--;
        }
        return upTo(length);
    }

    /** Every schedule that has one turn less, the late turns first. */
    Stream<Schedule> shorter() {
        return IntStream.iterate(choices.size() - 1, depth -> depth >= 0, depth -> depth - 1)
                .filter(depth -> choices.get(depth) != 0)
                .mapToObj(depth -> new Schedule(IntStream.range(0, choices.size())
                        .mapToObj(at -> at == depth ? 0 : choices.get(at))
                        .toList()));
    }

    /** Follows it; what no longer fits is taken as far as it does. */
    Choices followed() {
        return new Choices() {
            @Override
            int decide(int depth, int options, LongSupplier state) {
                return choice(depth) % options;
            }
        };
    }
}
