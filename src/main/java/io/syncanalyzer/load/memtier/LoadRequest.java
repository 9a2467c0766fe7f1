package io.syncanalyzer.load.memtier;

import io.syncanalyzer.redis.Endpoint;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A load by memtier as the user asked for it. Options override the profile; {@code passThrough}
 * overrides both.
 *
 * @param source where to write
 * @param runFolder an existing folder that takes memtier's own files
 * @param memtier where memtier_benchmark is taken from
 * @param profile a profile's name or a file; see {@link LoadProfile#names}
 * @param duration {@code --duration}; empty = what the profile says, else {@link #DEFAULT_DURATION}
 * @param clients {@code --load-clients}, connections per thread
 * @param threads {@code --load-threads}
 * @param pipeline {@code --load-pipeline}, commands in flight per connection
 * @param rate {@code --load-rate}, operations per second in all
 * @param ramp {@code --ramp}; excludes {@code rate} and sets the duration
 * @param passThrough what follows {@code --}
 * @param limits the watchdogs
 */
public record LoadRequest(
    Endpoint source,
    Path runFolder,
    MemtierLocation memtier,
    String profile,
    Optional<Duration> duration,
    OptionalInt clients,
    OptionalInt threads,
    OptionalInt pipeline,
    OptionalLong rate,
    Optional<Ramp> ramp,
    List<String> passThrough,
    LoadLimits limits) {
  /** How long a load lasts where nobody says. */
  public static final int DEFAULT_SECONDS = 20;

  /** The same. */
  public static final Duration DEFAULT_DURATION = Duration.ofSeconds(DEFAULT_SECONDS);

  /** The profile used where none is named: every type is replicated. */
  public static final String DEFAULT_PROFILE = "all-types";

  public LoadRequest {
    Objects.requireNonNull(source, "source is null");
    Objects.requireNonNull(runFolder, "runFolder is null");
    Objects.requireNonNull(memtier, "memtier is null");
    Objects.requireNonNull(limits, "limits is null");
    passThrough = List.copyOf(passThrough);
    if (profile.isBlank()) {
      throw new IllegalArgumentException(
          "--memtier-profile: the value is empty; expected a file or one of "
              + String.join(", ", LoadProfile.names()));
    }
    duration.ifPresent(
        d -> {
          if (d.isNegative() || d.isZero()) {
            throw new IllegalArgumentException("--duration: a load of no time writes nothing");
          }
        });
    atLeastOne("--load-clients", clients);
    atLeastOne("--load-threads", threads);
    atLeastOne("--load-pipeline", pipeline);
    if (rate.isPresent() && rate.getAsLong() < 1) {
      throw new IllegalArgumentException(
          "--load-rate: a rate of "
              + rate.getAsLong()
              + " writes nothing; leave it out for full speed, or use --load-engine none");
    }
    if (ramp.isPresent() && rate.isPresent()) {
      throw new IllegalArgumentException("--ramp and --load-rate exclude each other: give one");
    }
    if (ramp.isPresent() && duration.isPresent()) {
      throw new IllegalArgumentException(
          "--ramp and --duration exclude each other: the ramp's steps say how long it lasts ("
              + ramp.get().total().toSeconds()
              + " s here)");
    }
  }

  /** A load with the default profile, duration and limits, memtier from {@code PATH}. */
  public static LoadRequest of(Endpoint source, Path runFolder) {
    return new LoadRequest(
        source,
        runFolder,
        new MemtierLocation.OnPath(),
        DEFAULT_PROFILE,
        Optional.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        List.of(),
        LoadLimits.DEFAULT);
  }

  private static void atLeastOne(String option, OptionalInt value) {
    if (value.isPresent() && value.getAsInt() < 1) {
      throw new IllegalArgumentException(
          option + ": " + value.getAsInt() + " is less than 1, which writes nothing");
    }
  }
}
