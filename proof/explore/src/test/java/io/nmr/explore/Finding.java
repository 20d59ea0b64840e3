package io.nmr.explore;

/**
 * A faulty execution, made as short as it was found.
 *
 * @param how which search found it, and with which seed
 */
record Finding(Scenario scenario, String how, Schedule found, Execution shortest) {

    /** Takes turns out as long as it stays faulty. */
    static Finding shrunk(Scenario scenario, String how, Subject.Factory engines, Execution faulty) {
        Execution shortest = faulty;
        Execution shorter = faulty;
        while (shorter != null) {
            shortest = shorter;
            shorter = shorter(scenario, engines, shortest);
        }
        return new Finding(scenario, how, faulty.schedule(), shortest);
    }

    private static Execution shorter(Scenario scenario, Subject.Factory engines, Execution than) {
        return than.schedule()
                .shorter()
                .map(schedule -> Execution.of(scenario, engines, schedule.followed()))
                .filter(execution -> execution.isFaulty()
                        && execution.schedule().turns() < than.schedule().turns())
                .findFirst()
                .orElse(null);
    }

    @Override
    public String toString() {
        String line = System.lineSeparator();
        return "scenario: " + scenario + line
                + "found: " + how + ", schedule " + found.trimmed().choices() + line
                + "shortest schedule found: " + shortest.schedule().trimmed().choices() + line
                + "faults:" + line + String.join(line, shortest.faults()) + line
                + "steps:" + line + "  " + String.join(line + "  ", shortest.steps()) + line
                + "history:" + line + shortest.history();
    }
}
