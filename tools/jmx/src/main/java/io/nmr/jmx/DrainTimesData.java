package io.nmr.jmx;

import io.nmr.api.runtime.DrainTimes;

/** How long drains took, for a console. */
public final class DrainTimesData {

    private final DrainTimes times;

    DrainTimesData(DrainTimes times) {
        this.times = times;
    }

    /** How many drains ended. */
    public long getCount() {
        return times.count();
    }

    /** Half of them took at most this, in ms. */
    public long getMedianMillis() {
        return times.median().toMillis();
    }

    /** 99 of 100 took at most this, in ms. */
    public long getPercentile99Millis() {
        return times.percentile99().toMillis();
    }

    /** The longest took this, in ms. */
    public long getLongestMillis() {
        return times.longest().toMillis();
    }
}
