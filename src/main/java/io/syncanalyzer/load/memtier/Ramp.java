package io.syncanalyzer.load.memtier;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A write rate that climbs (or falls) in steps, so that lag can be read against load.
 *
 * @param from total rate of the first step, operations per second
 * @param to total rate that no step passes
 * @param step difference from one step to the next, positive; it is subtracted where {@code to} is
 *     below {@code from}
 * @param every how long each step lasts, whole seconds
 */
public record Ramp(long from, long to, long step, Duration every) {
  private static final Pattern FORM = Pattern.compile("(\\d{1,12}):(\\d{1,12}):(\\d{1,12}):(.+)");
  private static final Pattern EVERY = Pattern.compile("(\\d{1,9})(ms|s|m|h)?");
  private static final int MOST_STEPS = 10_000;

  /** So that all steps together are still a time that can be counted in nanoseconds. */
  private static final Duration LONGEST_STEP = Duration.ofHours(24);

  public Ramp {
    if (from < 1 || to < 1) {
      throw bad("a rate of 0 writes nothing; FROM and TO are at least 1 per second");
    }
    if (step < 1) {
      throw bad("a STEP of 0 goes nowhere");
    }
    if (from == to) {
      throw bad("FROM and TO are both " + from + ", so it goes nowhere; use --load-rate " + from);
    }
    if (step > Math.abs(to - from)) {
      throw bad(
          "a STEP of "
              + step
              + " passes TO at once; it is at most "
              + Math.abs(to - from)
              + " here");
    }
    if (every.compareTo(Duration.ofSeconds(1)) < 0 || every.toMillis() % 1000 != 0) {
      throw bad("EVERY is whole seconds, at least 1s, as memtier_benchmark counts them");
    }
    if (every.compareTo(LONGEST_STEP) > 0) {
      throw bad("EVERY is at most " + LONGEST_STEP.toHours() + "h");
    }
    if (Math.abs(to - from) / step >= MOST_STEPS) {
      throw bad("that is more than " + MOST_STEPS + " steps; take a larger STEP");
    }
  }

  /**
   * Reads {@code FROM:TO:STEP:EVERY}, such as {@code 1000:5000:1000:10s}.
   *
   * @throws IllegalArgumentException with one line saying what is wrong
   */
  public static Ramp parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw bad("`" + text + "` is not of that form");
    }
    Matcher every = EVERY.matcher(form.group(4));
    if (!every.matches()) {
      throw bad("`" + form.group(4) + "` is not a duration such as 10s or 2m");
    }
    long count = Long.parseLong(every.group(1));
    String unit = every.group(2) == null ? "s" : every.group(2);
    Duration lasting =
        switch (unit) {
          case "ms" -> Duration.ofMillis(count);
          case "m" -> Duration.ofMinutes(count);
          case "h" -> Duration.ofHours(count);
          default -> Duration.ofSeconds(count);
        };
    return new Ramp(
        Long.parseLong(form.group(1)),
        Long.parseLong(form.group(2)),
        Long.parseLong(form.group(3)),
        lasting);
  }

  /** The total rate of each step, in order. */
  public List<Long> rates() {
    List<Long> rates = new ArrayList<>();
    long signed = to > from ? step : -step;
    for (long rate = from; to > from ? rate <= to : rate >= to; rate += signed) {
      rates.add(rate);
    }
    return List.copyOf(rates);
  }

  /** How long all steps take together. */
  public Duration total() {
    return every.multipliedBy(rates().size());
  }

  private static IllegalArgumentException bad(String why) {
    return new IllegalArgumentException(
        why + "; expected FROM:TO:STEP:EVERY, such as 1000:5000:1000:10s");
  }
}
