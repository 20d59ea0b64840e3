package io.nmr.itests.npi;

import java.util.Set;
import java.util.stream.Collectors;

/** Whoever is on the stack. */
public final class Frames {

    private Frames() {}

    /** The names of all classes on the stack of the calling thread, hidden ones too, from here outwards. */
    public static String here() {
        return StackWalker.getInstance(Set.of(StackWalker.Option.SHOW_HIDDEN_FRAMES))
                .walk(frames -> frames.map(StackWalker.StackFrame::getClassName).collect(Collectors.joining("\n")));
    }
}
