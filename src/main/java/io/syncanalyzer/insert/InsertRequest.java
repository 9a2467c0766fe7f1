package io.syncanalyzer.insert;

import io.syncanalyzer.probe.LagMemory;
import io.syncanalyzer.probe.LagSettings;
import java.nio.file.Path;
import java.util.Objects;

/**
 * What to insert and where its files go.
 *
 * @param lag servers, types, rate, warm-up, duration and how arrivals are watched
 * @param folder the run folder; {@code jmh.json} and {@code jmh.log} land there
 */
public record InsertRequest(LagSettings lag, Path folder) {
  /** JMH's result of the inserts. */
  public static final String JSON_FILE = "jmh.json";

  /** JMH's chatter of the inserts. */
  public static final String LOG_FILE = "jmh.log";

  private static final long LEAST_HEAP_BYTES = 256L << 20;

  /** JMH itself. */
  private static final long JMH_BYTES = 64L << 20;

  /** A lane's histograms of its writes, and JMH's samples of them. */
  private static final long LANE_BYTES = 1L << 20;

  public InsertRequest {
    Objects.requireNonNull(lag, "lag is null");
    Objects.requireNonNull(folder, "folder is null");
  }

  /** What the fork's heap may grow to: what is kept of the sentinels and of JMH, and a quarter. */
  public long heapBytes() {
    long lanes = (long) lag.streams().size() * lag.lanes();
    long needed = LagMemory.bytes(lag) + JMH_BYTES + lanes * LANE_BYTES;
    return Math.max(LEAST_HEAP_BYTES, needed * 5 / 4);
  }
}
