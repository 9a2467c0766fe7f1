package io.syncanalyzer.run.capacity;

import io.syncanalyzer.probe.LagSummary;
import io.syncanalyzer.run.load.Metered;
import java.util.Optional;

/**
 * All that a trial measured.
 *
 * @param number of the trial, from 1
 * @param askedPerS writes per second asked for
 * @param lag of its measured time
 * @param seconds the same second by second
 * @param metered what the servers counted in it
 * @param sentinels those of the probe that left meanwhile: the source counted them too
 * @param failure what went wrong with the generator, one line
 * @param back when each was back at the baseline
 */
record TrialMeasures(
    int number,
    long askedPerS,
    LagSummary lag,
    TrialSeconds seconds,
    Metered metered,
    long sentinels,
    Optional<String> failure,
    BackAtBaseline.Found back) {}
