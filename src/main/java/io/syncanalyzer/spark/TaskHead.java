package io.syncanalyzer.spark;

/**
 * What an executor tells first of a task that has ended; files follow it.
 *
 * @param attempt tells this attempt from every other: a task that is run again, as that of a lost
 *     executor is, has other findings
 * @param executor who did it, {@code id@host}
 * @param nanos how long it took
 * @param outcome what it came to
 * @param mismatchChunks how many pieces of the mismatches' file follow
 */
record TaskHead(
    String attempt, String executor, long nanos, TaskOutcome outcome, int mismatchChunks) {}
