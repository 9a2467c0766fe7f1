package io.syncanalyzer.verify.attempt;

import io.syncanalyzer.time.NanoClock;
import io.syncanalyzer.verify.found.MismatchCount;
import io.syncanalyzer.verify.scan.CpuShare;
import io.syncanalyzer.verify.scan.Rate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a verification has together with others that go on beside it: what they are allowed is
 * allowed to all of them together. Safe for use by several threads.
 *
 * @param rate how many keys may be looked at a second
 * @param mismatches how many keys are confirmed to differ
 * @param serverCpu holds what all of them cost the servers; null where that is not held
 * @param atOnce so many of them go on at the same time at most, this one among them
 */
public record SideBySide(
    Rate rate, MismatchCount.Part mismatches, @Nullable CpuShare serverCpu, int atOnce) {
  public SideBySide {
    Objects.requireNonNull(rate, "rate is null");
    Objects.requireNonNull(mismatches, "mismatches is null");
  }

  /** Of a verification that goes on alone. */
  public static SideBySide alone(VerifySettings settings, NanoClock clock) {
    return new SideBySide(
        new Rate(settings.keysPerSecond(), clock),
        new MismatchCount().part(),
        settings.serverCpu(clock),
        1);
  }

  /** The same where so many go on at the same time. */
  public SideBySide among(int many) {
    return new SideBySide(rate, mismatches, serverCpu, many);
  }

  /** The same for another, whose mismatches are counted for it alone. */
  public SideBySide part() {
    return new SideBySide(rate, new MismatchCount().part(), serverCpu, atOnce);
  }
}
