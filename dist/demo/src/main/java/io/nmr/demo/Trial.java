package io.nmr.demo;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** Starts the framework, runs the load, swaps the provider, ends everything. */
final class Trial {
    /** In requests for each connection: so it takes as long whatever their number. */
    private static final int WARM_UP = 4;
    private static final int BETWEEN_SWAPS = 2;

    private final Options options;
    private final Screen screen;
    private final Limits limits;
    private final List<String> problems = new ArrayList<>();

    Trial(Options options, Screen screen, Limits limits) {
        this.options = options;
        this.screen = screen;
        this.limits = limits;
    }

    Outcome play() throws DemoException, InterruptedException {
        InetSocketAddress gateway = Gateway.at(options.port());
        try (HistoryFile file = HistoryFile.of(options.history());
                Framework framework = Framework.start(options, gateway.getPort(), file.path())) {
            Gateway.awaitServing(gateway, framework, limits.start());
            new Provider(framework.shell(), options.providers(), limits).rehearse();
            Recording recording = Recording.begin(framework.shell(), options.recorder(), file.path(), limits);
            introduce(framework, gateway);
            Outcome outcome = underLoad(framework, gateway, recording);
            return ended(framework, outcome);
        }
    }

    private void introduce(Framework framework, InetSocketAddress gateway) {
        screen.line("Felix runs as process " + framework.pid() + ", its HTTP gateway on port " + gateway.getPort() + ".");
        screen.line(options.connections() + " connections, lookups of " + options.delay() + " ms, draining "
                + (options.drain() ? "on." : "OFF: the control."));
        screen.line(options.update()
                ? "The provider is updated in place; with none to call, callers wait."
                : "The other version is installed and started, then the old one stopped.");
        screen.line("8 more callers, inside of Felix, are recorded for the checker of histories.");
        screen.line("");
        screen.line(SwapReport.HEADING);
    }

    private Outcome underLoad(Framework framework, InetSocketAddress gateway, Recording recording)
            throws DemoException, InterruptedException {
        try (Load load = new Load(gateway, options.connections(), limits.request())) {
            List<SwapReport> swaps = swaps(framework, load);
            problems.addAll(load.stop());
            return outcome(framework, swaps, load.tally().snapshot(), recording.end());
        }
    }

    private List<SwapReport> swaps(Framework framework, Load load) throws DemoException, InterruptedException {
        Provider provider = new Provider(framework.shell(), options.providers(), limits);
        Swapper swapper = new Swapper(provider, options.update(), framework.drains(), load, limits);
        Progress progress = new Progress(screen, load.tally());
        try {
            swap(swapper, load);
        } finally {
            progress.stop();
        }
        return swapper.swaps();
    }

    private void swap(Swapper swapper, Load load) throws DemoException, InterruptedException {
        boolean flows = flows(load, WARM_UP);
        while (flows && swapper.swaps().size() < options.swaps()) {
            screen.line(swapper.swap().line());
            flows = flows(load, BETWEEN_SWAPS);
        }
    }

    private boolean flows(Load load, int requests) throws InterruptedException {
        boolean flows = load.awaitFurther(requests * options.connections());
        if (!flows) {
            problems.add("the load came to a stop");
        }
        return flows;
    }

    private Outcome ended(Framework framework, Outcome outcome) throws DemoException, InterruptedException {
        if (!framework.exit(limits.command())) {
            problems.add("the framework did not end properly on 'exit 0'");
        }
        problems.addAll(framework.drains().problems());
        return outcome(framework, outcome.swaps(), outcome.tally(), outcome.history());
    }

    private Outcome outcome(Framework framework, List<SwapReport> swaps, Tally.Snapshot tally, HistoryReport history) {
        return new Outcome(
                options.drain(), options.swaps(), swaps, tally, framework.drains().overdue(), history, List.copyOf(problems));
    }
}
