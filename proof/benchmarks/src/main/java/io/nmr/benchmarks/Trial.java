package io.nmr.benchmarks;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Some benchmarks, and how they are run: one call of JMH. */
final class Trial {

    private static final TimeValue LONGEST_ITERATION = TimeValue.minutes(2);

    private final Form form;
    private final String include;
    private final Map<String, String[]> parameters = new LinkedHashMap<>();
    private int threads = 1;
    private int multiple = 1;
    private int warmups;
    private int iterations;
    private int forks;
    private boolean countsAllocation;
    private String jvmArgument = "-XX:+IgnoreUnrecognizedVMOptions";

    /**
     * Benchmarks of one thread, whose operation takes nanoseconds.
     *
     * @param include a regular expression for the class and the method, without the package
     */
    Trial(Form form, String include) {
        this.form = form;
        this.include = include;
        this.warmups = form.warmups;
        this.iterations = form.iterations;
        this.forks = form.forks;
    }

    /** With these values of a parameter instead of all. */
    Trial with(String parameter, Object... values) {
        String[] texts = new String[values.length];
        for (int i = 0; i < values.length; i++) {
            texts[i] = String.valueOf(values[i]);
        }
        parameters.put(parameter, texts);
        return this;
    }

    Trial threads(int count) {
        threads = count;
        return this;
    }

    /** With iterations that many times as long. */
    Trial longer(int times) {
        multiple = times;
        return this;
    }

    /** With this many iterations, however thorough the run is. */
    Trial iterations(int warmup, int measurement) {
        warmups = warmup;
        iterations = measurement;
        return this;
    }

    /** In this many virtual machines, one after the other; the score is the mean of all. */
    Trial forks(int count) {
        forks = count;
        return this;
    }

    Trial countingAllocation() {
        countsAllocation = true;
        return this;
    }

    /** On virtual threads, for which JMH needs a JVM of its own. */
    Trial onVirtualThreads() {
        jvmArgument = "-Djmh.executor=VIRTUAL";
        forks = 1;
        return with("callers", "VIRTUAL");
    }

    Collection<RunResult> run() throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("io\\.nmr\\.benchmarks\\.\\w+\\." + include)
                .threads(threads)
                .forks(forks)
                .jvmArgsAppend(jvmArgument)
                .warmupIterations(warmups)
                .warmupTime(form.iteration(multiple))
                .measurementIterations(iterations)
                .measurementTime(form.iteration(multiple))
                .timeout(LONGEST_ITERATION)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        parameters.forEach(options::param);
        if (countsAllocation && form.forks > 0) {
            options.addProfiler(GCProfiler.class);
        }
        return new Runner(options.build()).run();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(include).append(", threads ").append(threads);
        parameters.forEach((name, values) -> text.append(", ").append(name).append(' ').append(String.join("|", values)));
        return text.toString();
    }
}
