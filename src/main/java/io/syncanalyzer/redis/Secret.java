package io.syncanalyzer.redis;

import java.util.Map;
import java.util.Objects;

/** A password that prints as {@code ***} wherever it is printed by accident. */
public record Secret(String reveal) {
  public Secret {
    Objects.requireNonNull(reveal, "secret is null");
  }

  /** Takes the passwords that we read from the environment out of a child process's. */
  public static void removeFrom(Map<String, String> environment) {
    environment.keySet().removeIf(name -> name.matches("ANALYZER_.*_PASSWORD"));
  }

  @Override
  public String toString() {
    return "***";
  }
}
