package io.syncanalyzer.verify.attempt;

import io.syncanalyzer.redis.Side;
import io.syncanalyzer.time.NanoClock;
import io.syncanalyzer.verify.scan.CpuShare;
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
 * @param serverCpuPercent a server spends at most so much of a CPU on it; null = no limit
 * @param maxMismatches stop after so many confirmed ones; null = never
 * @param scanOn whose names lead: that side is scanned, and asked whatever either could tell; the
 *     other pays for values, and for its names only where counting proves nothing
 */
public record VerifySettings(
    VerifyScope scope,
    SettleSettings settling,
    @Nullable Double keysPerSecond,
    @Nullable Double serverCpuPercent,
    @Nullable Long maxMismatches,
    Side scanOn) {
  /** Every key of every database, settled as usual, at full speed, to the end. */
  public static final VerifySettings DEFAULT =
      new VerifySettings(
          VerifyScope.EVERYTHING, SettleSettings.DEFAULT, null, null, null, Side.SOURCE);

  public VerifySettings {
    Objects.requireNonNull(scope, "scope is null");
    Objects.requireNonNull(settling, "settling is null");
    Objects.requireNonNull(scanOn, "scanOn is null");
    if (keysPerSecond != null && !(keysPerSecond >= 1)) {
      throw new IllegalArgumentException("less than 1 key per second never ends");
    }
    if (serverCpuPercent != null && !(serverCpuPercent >= 1 && serverCpuPercent <= 100)) {
      throw new IllegalArgumentException("it is 1 to 100 percent of a CPU");
    }
    if (maxMismatches != null && maxMismatches < 1) {
      throw new IllegalArgumentException("less than 1 stops before it starts");
    }
  }

  /** What holds the servers' CPU to that; null where nothing does. */
  public @Nullable CpuShare serverCpu(NanoClock clock) {
    return serverCpuPercent == null ? null : new CpuShare(serverCpuPercent, clock);
  }

  /** The same of other keys. */
  public VerifySettings with(VerifyScope other) {
    return new VerifySettings(
        other, settling, keysPerSecond, serverCpuPercent, maxMismatches, scanOn);
  }

  /** The same, settled otherwise. */
  public VerifySettings with(SettleSettings other) {
    return new VerifySettings(scope, other, keysPerSecond, serverCpuPercent, maxMismatches, scanOn);
  }

  /** The same at a limited pace. */
  public VerifySettings withRate(double limit) {
    return new VerifySettings(scope, settling, limit, serverCpuPercent, maxMismatches, scanOn);
  }

  /** The same, each server spending at most so much of a CPU on it. */
  public VerifySettings withServerCpu(double percent) {
    return new VerifySettings(scope, settling, keysPerSecond, percent, maxMismatches, scanOn);
  }

  /** The same, stopped after so many confirmed mismatches. */
  public VerifySettings withMaxMismatches(long limit) {
    return new VerifySettings(scope, settling, keysPerSecond, serverCpuPercent, limit, scanOn);
  }

  /** The same, that side's names leading. */
  public VerifySettings withScanOn(Side side) {
    return new VerifySettings(
        scope, settling, keysPerSecond, serverCpuPercent, maxMismatches, side);
  }

  /** How often what came meanwhile is looked for. */
  public int rounds() {
    return settling.rounds();
  }
}
