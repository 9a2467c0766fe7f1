package io.syncanalyzer.verify.attempt;

import io.syncanalyzer.verify.scan.VerifyScope;
import io.syncanalyzer.verify.settle.SettleSettings;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is compared, how strictly, and at what cost; of whichever servers.
 *
 * @param scope which keys
 * @param settling how what differs at first sight is proved
 * @param keysPerSecond at most so many keys looked at a second; null = as fast as it goes
 * @param maxMismatches stop after so many confirmed ones; null = never
 */
public record VerifySettings(
    VerifyScope scope,
    SettleSettings settling,
    @Nullable Double keysPerSecond,
    @Nullable Long maxMismatches) {
  /** Every key of every database, settled as usual, at full speed, to the end. */
  public static final VerifySettings DEFAULT =
      new VerifySettings(VerifyScope.EVERYTHING, SettleSettings.DEFAULT, null, null);

  public VerifySettings {
    Objects.requireNonNull(scope, "scope is null");
    Objects.requireNonNull(settling, "settling is null");
    if (keysPerSecond != null && !(keysPerSecond >= 1)) {
      throw new IllegalArgumentException("less than 1 key per second never ends");
    }
    if (maxMismatches != null && maxMismatches < 1) {
      throw new IllegalArgumentException("less than 1 stops before it starts");
    }
  }

  /** The same of other keys. */
  public VerifySettings with(VerifyScope other) {
    return new VerifySettings(other, settling, keysPerSecond, maxMismatches);
  }

  /** The same, settled otherwise. */
  public VerifySettings with(SettleSettings other) {
    return new VerifySettings(scope, other, keysPerSecond, maxMismatches);
  }

  /** The same at a limited pace. */
  public VerifySettings withRate(double limit) {
    return new VerifySettings(scope, settling, limit, maxMismatches);
  }

  /** The same, stopped after so many confirmed mismatches. */
  public VerifySettings withMaxMismatches(long limit) {
    return new VerifySettings(scope, settling, keysPerSecond, limit);
  }
}
