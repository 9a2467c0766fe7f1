package io.syncanalyzer.run.load;

import io.syncanalyzer.load.LoadEngine;
import io.syncanalyzer.load.memtier.MemtierLocation;
import io.syncanalyzer.load.memtier.Ramp;
import io.syncanalyzer.sentinel.SentinelType;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What load to put on the source, whatever engine does it; empty = the engine's or profile's own.
 *
 * @param engine who writes
 * @param threads of the load
 * @param pipeline commands in flight a connection
 * @param rate commands per second in all, reads among them
 * @param ramp the rate in steps
 * @param memtier what only memtier_benchmark knows
 * @param jmh what only the jmh engine knows
 */
public record LoadSettings(
    LoadEngine engine,
    OptionalInt threads,
    OptionalInt pipeline,
    OptionalLong rate,
    Optional<Ramp> ramp,
    OfMemtier memtier,
    OfJmh jmh) {
  /**
   * What only memtier_benchmark knows.
   *
   * @param location where it is
   * @param profile a name or a file
   * @param clients connections a thread
   * @param passThrough what goes to it as it is
   */
  public record OfMemtier(
      MemtierLocation location,
      Optional<String> profile,
      OptionalInt clients,
      List<String> passThrough) {
    public OfMemtier {
      Objects.requireNonNull(location, "location is null");
      passThrough = List.copyOf(passThrough);
    }
  }

  /**
   * What only the jmh engine knows.
   *
   * @param valueBytes size of a value
   * @param keys how many it spreads over
   * @param readPercent reads among its commands
   * @param types what it writes; empty = every type
   */
  public record OfJmh(
      OptionalInt valueBytes,
      OptionalLong keys,
      OptionalInt readPercent,
      List<SentinelType> types) {
    public OfJmh {
      types = List.copyOf(types);
      if (readPercent.isPresent() && (readPercent.getAsInt() < 0 || readPercent.getAsInt() > 100)) {
        throw new IllegalArgumentException(readPercent.getAsInt() + " is not in 0..100 percent");
      }
    }
  }

  public LoadSettings {
    Objects.requireNonNull(engine, "engine is null");
    Objects.requireNonNull(memtier, "memtier is null");
    Objects.requireNonNull(jmh, "jmh is null");
  }

  /** The same at that rate, in all. */
  public LoadSettings withRate(long perSecond) {
    return new LoadSettings(
        engine, threads, pipeline, OptionalLong.of(perSecond), Optional.empty(), memtier, jmh);
  }
}
