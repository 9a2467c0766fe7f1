package io.syncanalyzer.run;

import io.syncanalyzer.report.screen.Console;
import io.syncanalyzer.time.NanoClock;
import java.time.Clock;

/**
 * What a run works with and does not open itself.
 *
 * @param console progress and results
 * @param path the environment's PATH, to find memtier_benchmark on
 * @param clock measures
 * @param wallClock labels
 */
public record RunContext(Console console, String path, NanoClock clock, Clock wallClock) {}
