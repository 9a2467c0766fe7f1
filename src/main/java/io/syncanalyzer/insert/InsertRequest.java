package io.syncanalyzer.insert;

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

  public InsertRequest {
    Objects.requireNonNull(lag, "lag is null");
    Objects.requireNonNull(folder, "folder is null");
  }
}
