package io.nmr.api.runtime;

import java.time.Duration;

/**
 * How long drains took, since the registrar started: those that waited for all and those that did not. Only count and
 * longest are exact; the others are within a few per cent.
 *
 * @param count how many drains ended
 * @param median half of them took at most this
 * @param percentile99 99 of 100 took at most this
 * @param longest the longest of them
 */
public record DrainTimes(long count, Duration median, Duration percentile99, Duration longest) {}
