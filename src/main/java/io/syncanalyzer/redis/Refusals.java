package io.syncanalyzer.redis;

import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Puts an option's name before what its value is refused for. Settings check their values where
 * they are made, and know no option.
 */
public final class Refusals {
  private Refusals() {}

  /**
   * What is made of an option's value.
   *
   * @param option its name, and what stands between that and the reason
   * @throws IllegalArgumentException that begins with {@code option}, where the value is refused
   */
  public static <T> T named(String option, Supplier<T> made) {
    try {
      return made.get();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(option + e.getMessage(), e);
    }
  }

  /** The same of settings that are known but for that option. */
  public static <T> T named(String option, T known, UnaryOperator<T> setting) {
    return named(option, () -> setting.apply(known));
  }
}
