package io.syncanalyzer.load;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What writes the load. */
public enum LoadEngine {
  /** memtier where there is one, else the engine that is built in. */
  AUTO,
  /** memtier_benchmark, as a process. */
  MEMTIER,
  /** Writers of our own on JMH; needs nothing installed. */
  JMH,
  /** No load: the run measures a source that others write to, or none at all. */
  NONE;

  /** The word users type and {@code load.csv} shows. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The engine of that label.
   *
   * @throws IllegalArgumentException with one line naming the labels there are
   */
  public static LoadEngine of(String label) {
    return Arrays.stream(values())
        .filter(engine -> engine.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "`"
                        + label
                        + "` is none of "
                        + Arrays.stream(values())
                            .map(LoadEngine::label)
                            .collect(Collectors.joining(", "))));
  }
}
