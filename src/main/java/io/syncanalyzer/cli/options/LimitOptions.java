package io.syncanalyzer.cli.options;

import io.syncanalyzer.redis.Refusals;
import io.syncanalyzer.result.Limit;
import io.syncanalyzer.run.lag.Limits;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Limits that a pipeline sets; a broken one is exit status 3. */
public final class LimitOptions {
  @Option(
      names = Limit.MAX_LAG_P99,
      paramLabel = "DURATION",
      description = "The upper bound of the p99 lag may not exceed this.")
  @Nullable Duration maxLagP99;

  @Option(
      names = Limit.MAX_LAG,
      paramLabel = "DURATION",
      description = "The upper bound of no lag may exceed this.")
  @Nullable Duration maxLag;

  @Option(
      names = Limit.MAX_LOST,
      paramLabel = "N",
      description = "At most so many sentinels may never be seen.")
  @Nullable Long maxLost;

  /**
   * The limits that they become.
   *
   * @throws IllegalArgumentException with one line if one makes no sense
   */
  public Limits limits() {
    return Refusals.named(
        Limit.MAX_LOST + " ",
        () ->
            new Limits(
                Optional.ofNullable(maxLagP99),
                Optional.ofNullable(maxLag),
                LoadOptions.of(maxLost)));
  }
}
