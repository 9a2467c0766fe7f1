package io.syncanalyzer.load.output;

import java.util.OptionalLong;

/**
 * What a cluster's nodes answered with MOVED or ASK. memtier counts these among the operations that
 * were done, and tells a rate of them for each command, but none for all together.
 *
 * @param moved the slot is another node's
 * @param asked the slot is on its way there
 */
public record TurnedAway(long moved, long asked) {
  /** Nothing was. */
  public static final TurnedAway NONE = new TurnedAway(0, 0);

  /** Of a command, of which so many are counted. */
  static TurnedAway of(String row, OptionalLong count, MemtierTable table, MemtierJson json) {
    double all = rate(row, "Ops/sec", table, json);
    if (count.isEmpty() || !(all > 0)) {
      return NONE;
    }
    double counted = count.getAsLong();
    return new TurnedAway(
        Math.round(counted * Math.min(1, rate(row, "MOVED/sec", table, json) / all)),
        Math.round(counted * Math.min(1, rate(row, "ASK/sec", table, json) / all)));
  }

  private static double rate(String row, String column, MemtierTable table, MemtierJson json) {
    double told = table.cell(row, column);
    double rate = Double.isNaN(told) ? json.number(row, column) : told;
    return rate > 0 ? rate : 0;
  }

  /** Both. */
  public long all() {
    return moved + asked;
  }

  /** These and those. */
  public TurnedAway plus(TurnedAway other) {
    return new TurnedAway(moved + other.moved, asked + other.asked);
  }

  /** A part that memtier counted these into, without them; its latencies are of all. */
  MemtierOutput.Part without(MemtierOutput.Part part) {
    if (all() == 0 || part.count().isEmpty()) {
      return part;
    }
    long counted = part.count().getAsLong();
    long done = Math.max(0, counted - all());
    return new MemtierOutput.Part(
        part.command(),
        OptionalLong.of(done),
        part.opsPerS() * done / counted,
        part.avgMs(),
        part.p50Ms(),
        part.p90Ms(),
        part.p99Ms(),
        part.p999Ms(),
        part.maxMs(),
        part.kbPerS(),
        part.connectionErrors(),
        part.histogram());
  }
}
