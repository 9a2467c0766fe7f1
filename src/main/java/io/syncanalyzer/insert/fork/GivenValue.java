package io.syncanalyzer.insert.fork;

import java.util.function.Supplier;

/** Puts the name of what JMH's command line gave before what its value is refused for. */
public final class GivenValue {
  private GivenValue() {}

  /**
   * What is made of a value.
   *
   * @param given the option or parameter, such as {@code -p depth}
   * @throws IllegalArgumentException naming it, where the value is refused
   */
  public static <T> T of(String given, Supplier<T> made) {
    try {
      return made.get();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(given + ": " + e.getMessage(), e);
    }
  }
}
