package io.syncanalyzer.result.lag;

/**
 * What became of a pair's measured sentinels until now.
 *
 * @param scheduled how many have fallen due
 * @param writeFailed how many of these the source has refused
 * @param writeUnknown how many writes had no answer
 * @param censored how many were given up
 */
public record AccountSoFar(long scheduled, long writeFailed, long writeUnknown, long censored) {}
