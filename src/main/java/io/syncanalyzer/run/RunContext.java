package io.syncanalyzer.run;

import io.syncanalyzer.report.Console;
import io.syncanalyzer.time.NanoClock;
import java.io.PrintStream;
import java.time.Clock;

/**
 * What a run works with and does not open itself.
 *
 * @param out where the result goes
 * @param err where diagnostics go
 * @param console progress, on {@code err}
 * @param colour whether the result may be coloured
 * @param path the environment's PATH, to find memtier_benchmark on
 * @param clock measures
 * @param wallClock labels
 */
public record RunContext(
    PrintStream out,
    PrintStream err,
    Console console,
    boolean colour,
    String path,
    NanoClock clock,
    Clock wallClock) {}
