package io.syncanalyzer.redis;

import java.util.Objects;

/** A password that prints as {@code ***} wherever it is printed by accident. */
public record Secret(String reveal) {
  public Secret {
    Objects.requireNonNull(reveal, "secret is null");
  }

  @Override
  public String toString() {
    return "***";
  }
}
