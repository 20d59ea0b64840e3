package io.nmr.jmx;

/**
 * The running registrar for JMX consoles: {@code io.nmr:type=Registrar}. Everything is made of open types, so that a
 * console needs no class of this bundle. Values may be stale when they are read, and attributes need not agree.
 */
@Description("The running Network Module Registrar")
public interface RegistrarMXBean {

    /** The registered modules, and those that go with bindings left. */
    @Description("The registered modules, and those that go with bindings left")
    ModuleData[] getModules();

    /** The bindings, offers under way included. */
    @Description("The bindings, offers under way included")
    BindingData[] getBindings();

    /** What stops just now, and which bindings it waits for. */
    @Description("What stops just now, and which bindings it waits for")
    DrainData[] getDrains();

    /** What has happened since the registrar started. */
    @Description("What has happened since the registrar started")
    CountersData getCounters();

    /** How long drains took since the registrar started. */
    @Description("How long drains took since the registrar started, in ms")
    DrainTimesData getDrainTimes();

    /** How many modules there are; this and the next four can be plotted. */
    @Description("How many modules there are")
    int getModuleCount();

    /** How many bindings there are. */
    @Description("How many bindings there are")
    int getBindingCount();

    /** How many drains are under way. */
    @Description("How many drains are under way")
    int getDrainCount();

    /** How many bindings nobody waits for any longer. */
    @Description("How many bindings are overdue: nobody waits for them any longer")
    long getOverdueCount();

    /** The calls in progress of all bindings, as far as they are tracked. */
    @Description("How many calls are in progress in all bindings, as far as they are tracked")
    long getCallsInProgress();

    /**
     * One binding, with the threads inside of its calls.
     *
     * @throws IllegalArgumentException if there is no binding of this id, or none any more
     */
    @Description("Shows one binding, with the stacks of the threads inside of its calls")
    BindingReportData binding(@Description("id") long id);

    /** Gives a detaching binding up before its time; false, and nothing changes, if it is none. */
    @Description("Gives a detaching binding up before its time: it is overdue, and nobody waits for it; false if it is none")
    boolean abandon(@Description("id") long id);

    /** Forgets an overdue binding, without calling its modules again; false, and nothing changes, if it is none. */
    @Description("Forgets an overdue binding, without calling its modules again, not even to clean up; false if it is none")
    boolean drop(@Description("id") long id);
}
