package io.syncanalyzer.insert.fork;

import java.util.Objects;

/**
 * What a fork's work is asked or says, as JSON text without blanks; {@link ControlJson} writes and
 * reads it.
 *
 * <p>A text and no tree: the lag's summary of four hours, 14,400 seconds, takes 40 MiB of heap on
 * its way to a line, and took 128 MiB by trees.
 *
 * @param text holds secrets where it is settings; never print it
 */
public record WorkJson(String text) {
  public WorkJson {
    Objects.requireNonNull(text, "text is null");
  }

  /** Its length alone. */
  @Override
  public String toString() {
    return "WorkJson[" + text.length() + " characters]";
  }
}
