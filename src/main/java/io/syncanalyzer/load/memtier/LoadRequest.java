package io.syncanalyzer.load.memtier;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.topology.Topology;
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
 * @param source where to write: a server, or a cluster, which memtier finds its own way about
 * @param runFolder an existing folder that takes memtier's own files
 * @param memtier where memtier_benchmark is taken from
 * @param profile a profile's name or a file; see {@link LoadProfile#names}
 * @param duration how long it writes; empty = what the profile says, else {@link #DEFAULT_DURATION}
 * @param clients connections per thread
 * @param threads of each process
 * @param pipeline commands in flight per connection
 * @param rate operations per second in all
 * @param ramp the rate in steps; excludes {@code rate} and sets the duration
 * @param passThrough what memtier gets as it is
 * @param limits the watchdogs
 */
public record LoadRequest(
    Topology source,
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

  /** {@link #DEFAULT_SECONDS} as a duration. */
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
      throw new Refused(
          Part.PROFILE,
          "the value is empty; expected a file or one of "
              + String.join(", ", LoadProfile.names()));
    }
    duration.ifPresent(
        d -> {
          if (d.isNegative() || d.isZero()) {
            throw new Refused(Part.DURATION, "a load of no time writes nothing");
          }
        });
    atLeastOne(Part.CLIENTS, clients);
    atLeastOne(Part.THREADS, threads);
    atLeastOne(Part.PIPELINE, pipeline);
    if (rate.isPresent() && rate.getAsLong() < 1) {
      throw new Refused(
          Part.RATE,
          "a rate of " + rate.getAsLong() + " writes nothing; leave it out for full speed");
    }
    if (ramp.isPresent() && rate.isPresent()) {
      throw new IllegalArgumentException("a ramp has rates of its own");
    }
    if (ramp.isPresent() && duration.isPresent()) {
      throw new IllegalArgumentException("a ramp's steps say how long it lasts");
    }
  }

  /** What of a request may be refused by itself. */
  public enum Part {
    PROFILE,
    DURATION,
    CLIENTS,
    THREADS,
    PIPELINE,
    RATE
  }

  /** A part whose value cannot be; whoever knows where it came from says so before the message. */
  public static final class Refused extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final Part part;

    Refused(Part part, String why) {
      super(why);
      this.part = part;
    }

    /** Which it is. */
    public Part part() {
      return part;
    }
  }

  /** A load with the default profile, duration and limits, memtier from {@code PATH}. */
  public static LoadRequest of(Topology source, Path runFolder) {
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

  /** The server that memtier is pointed at; of a cluster it asks it for the others. */
  public Endpoint server() {
    return source.primaries().get(0);
  }

  private static void atLeastOne(Part part, OptionalInt value) {
    if (value.isPresent() && value.getAsInt() < 1) {
      throw new Refused(part, value.getAsInt() + " is less than 1, which writes nothing");
    }
  }
}
