package io.syncanalyzer.verify;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.verify.scan.VerifyScope;
import io.syncanalyzer.verify.settle.Settling;
import java.nio.file.Path;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * What to verify, how strictly, and at what cost.
 *
 * @param source where the truth is
 * @param replica what must equal it
 * @param runId names the fence keys, {@code sa:<run>:fence:…}
 * @param folder existing folder of the run: mismatches, spills and checkpoint are written there
 * @param scope which keys
 * @param settling how suspects are settled
 * @param keysPerSecond at most so many keys looked at a second; empty = as fast as it goes
 * @param maxMismatches stop after so many confirmed ones, 1 or more; empty = never
 * @param resume go on where an earlier verification in {@code folder} was cut off
 */
public record VerifyRequest(
    Endpoint source,
    Endpoint replica,
    String runId,
    Path folder,
    VerifyScope scope,
    Settling settling,
    OptionalDouble keysPerSecond,
    OptionalLong maxMismatches,
    boolean resume) {
  public VerifyRequest {
    Objects.requireNonNull(source, "source is null");
    Objects.requireNonNull(replica, "replica is null");
    Objects.requireNonNull(runId, "runId is null");
    Objects.requireNonNull(folder, "folder is null");
    Objects.requireNonNull(scope, "scope is null");
    Objects.requireNonNull(settling, "settling is null");
    if (keysPerSecond.isPresent() && !(keysPerSecond.getAsDouble() > 0)) {
      throw new IllegalArgumentException("--rate must be more than 0 keys per second");
    }
    if (maxMismatches.isPresent() && maxMismatches.getAsLong() < 1) {
      throw new IllegalArgumentException("--max-mismatches must be 1 or more");
    }
  }

  /** Everything the two endpoints hold, settled as usual, at full speed. */
  public static VerifyRequest of(Endpoint source, Endpoint replica, String runId, Path folder) {
    return new VerifyRequest(
        source,
        replica,
        runId,
        folder,
        VerifyScope.EVERYTHING,
        Settling.DEFAULT,
        OptionalDouble.empty(),
        OptionalLong.empty(),
        false);
  }

  /** The same for other keys. */
  public VerifyRequest with(VerifyScope other) {
    return new VerifyRequest(
        source, replica, runId, folder, other, settling, keysPerSecond, maxMismatches, resume);
  }

  /** The same, settled otherwise. */
  public VerifyRequest with(Settling other) {
    return new VerifyRequest(
        source, replica, runId, folder, scope, other, keysPerSecond, maxMismatches, resume);
  }

  /** The same, stopped after so many confirmed mismatches. */
  public VerifyRequest withMaxMismatches(long limit) {
    return new VerifyRequest(
        source,
        replica,
        runId,
        folder,
        scope,
        settling,
        keysPerSecond,
        OptionalLong.of(limit),
        resume);
  }

  /** The same at a limited pace. */
  public VerifyRequest withRate(double limit) {
    return new VerifyRequest(
        source,
        replica,
        runId,
        folder,
        scope,
        settling,
        OptionalDouble.of(limit),
        maxMismatches,
        resume);
  }

  /** The same, going on where an earlier one was cut off. */
  public VerifyRequest resumed() {
    return new VerifyRequest(
        source, replica, runId, folder, scope, settling, keysPerSecond, maxMismatches, true);
  }

  /**
   * What it asks for, as far as what was found depends on it, in words of its own: a verification
   * that was cut off goes on only where these are the same.
   */
  String asked() {
    return source.display()
        + " "
        + replica.display()
        + " "
        + scope.database()
        + " "
        + scope.match()
        + " "
        + scope.exclude()
        + " "
        // A set prints its elements in another order in every JVM.
        + new TreeSet<>(scope.types())
        + " "
        + scope.samplePercent()
        + " "
        + settling.ttlTolerance();
  }
}
