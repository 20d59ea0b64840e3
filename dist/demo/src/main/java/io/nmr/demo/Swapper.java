package io.nmr.demo;

import java.util.ArrayList;
import java.util.List;

/** Swaps the provider again and again, the load running, by a new bundle in the old one's place or by updates of the one. */
final class Swapper {
    private final Provider provider;
    private final boolean update;
    private final Drains drains;
    private final Load load;
    private final Limits limits;
    private final List<SwapReport> swaps = new ArrayList<>();

    Swapper(Provider provider, boolean update, Drains drains, Load load, Limits limits) {
        this.provider = provider;
        this.update = update;
        this.drains = drains;
        this.load = load;
        this.limits = limits;
    }

    SwapReport swap() throws DemoException, InterruptedException {
        Bundle old = provider.running();
        if (update) {
            provider.update(old);
        } else {
            provider.replace(old, provider.installOther(old));
            provider.uninstall(old);
        }
        SwapReport report = report(old);
        swaps.add(report);
        return report;
    }

    private SwapReport report(Bundle old) throws DemoException, InterruptedException {
        var drain = drains.take(old.id(), limits.record());
        Tally.Snapshot tally = load.tally().snapshot();
        return new SwapReport(swaps.size() + 1, old, provider.running(), drain, tally.requests(), tally.failed());
    }

    List<SwapReport> swaps() {
        return List.copyOf(swaps);
    }
}
