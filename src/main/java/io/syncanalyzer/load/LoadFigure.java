package io.syncanalyzer.load;

/**
 * A figure of the load for {@code summary.csv}.
 *
 * @param metric its name, in snake case
 * @param value as it is to be printed
 * @param unit such as {@code ops} or {@code s}; empty = none
 */
public record LoadFigure(String metric, String value, String unit) {}
