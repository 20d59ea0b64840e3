package io.nmr.typed;

import io.nmr.typed.Bindings.State;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * The bindings of a client while they change, the one that is asked first at the end: there most are added, and taken
 * away again. One that leaves keeps its place, and knows that it leaves; one that is cleaned up is taken out when it comes to
 * be the last, or with others when half of them are, so that each costs the same however many there are.
 *
 * <p><b>Order.</b> Those that stay are in the order, seen from the end. One that leaves is either still among them, where
 * it was, or in front of all of them.
 *
 * <p><b>Threading.</b> Guarded by the lock of {@link Bindings}; a {@link Part} is a copy.
 *
 * @param <P> the provider's dispatch table
 */
final class Lineup<P> {

    /** Not to be told, for one of those there has just been cleaned up. */
    static final int NOWHERE = -1;

    private final List<ClientSide<P>> line;

    /** About how many of them are cleaned up: one may have been taken out before it is counted. */
    private int gone;

    /** How often places have changed. */
    private long changes;

    /** Those of a state. */
    Lineup(State<P> state) {
        line = new ArrayList<>(state.detaching().size() + state.attached().size() + 1);
        line.addAll(state.attached());
        line.addAll(state.detaching());
        Collections.reverse(line);
    }

    State<P> state(boolean leaving) {
        List<ClientSide<P>> attached = new ArrayList<>(line.size());
        List<ClientSide<P>> detaching = new ArrayList<>();
        for (int i = line.size() - 1; i >= 0; i--) {
            ClientSide<P> binding = line.get(i);
            if (!binding.isLeaving()) {
                attached.add(binding);
            } else if (!binding.isOver()) {
                detaching.add(binding);
            }
        }
        return new State<>(List.copyOf(attached), List.copyOf(detaching), leaving);
    }

    /** False, and nothing is added, if places have changed since {@code seen} was. */
    boolean tryAdd(ClientSide<P> binding, int place, Part<P> seen) {
        boolean asSeen = seen.lineup == this && seen.changes == changes;
        if (asSeen) {
            line.add(place, binding);
            changes++;
        }
        return asSeen;
    }

    /** One of them, or one that never was, has been cleaned up. */
    void gone() {
        gone++;
        dropLast();
        if (gone > line.size() / 2) {
            tidy();
        }
    }

    /** Those that stay come behind those that leave, of which those that are over are dropped; answers how many leave. */
    private int tidy() {
        List<ClientSide<P>> leaving = new ArrayList<>();
        List<ClientSide<P>> staying = new ArrayList<>(line.size());
        for (ClientSide<P> binding : line) {
            if (!binding.isLeaving()) {
                staying.add(binding);
            } else if (!binding.isOver()) {
                leaving.add(binding);
            }
        }
        line.clear();
        line.addAll(leaving);
        line.addAll(staying);
        gone = 0;
        changes++;
        return leaving.size();
    }

    private void dropLast() {
        while (!line.isEmpty() && line.get(line.size() - 1).isOver()) {
            line.remove(line.size() - 1);
            gone = Math.max(0, gone - 1);
            changes++;
        }
    }

    /** The one that is asked first, or none. */
    Part<P> first() {
        dropLast();
        return from(Math.max(0, line.size() - 1));
    }

    /** All that stay. */
    Part<P> all() {
        return from(tidy());
    }

    private Part<P> from(int from) {
        return new Part<>(this, changes, from, List.copyOf(line.subList(from, line.size())));
    }

    /**
     * The end of a line.
     *
     * @param lineup whose
     * @param changes how often places there had changed
     * @param from the place of the first of it
     */
    record Part<P>(Lineup<P> lineup, long changes, int from, List<ClientSide<P>> line) {

        /** Behind those that come before it in the order, and ahead of its equals; the order is asked here. */
        int placeOf(ModuleDescription module, Comparator<? super ModuleDescription> order) {
            int low = 0;
            int high = line.size();
            while (low < high) {
                int middle = (low + high) >>> 1;
                ModuleDescription there = line.get(middle).describe();
                if (there == null) {
                    return NOWHERE;
                }
                if (order.compare(there, module) < 0) {
                    high = middle;
                } else {
                    low = middle + 1;
                }
            }
            return from + low;
        }
    }
}
