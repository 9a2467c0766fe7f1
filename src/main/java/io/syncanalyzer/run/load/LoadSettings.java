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
 * @param memtier where memtier_benchmark is
 * @param profile memtier's profile, a name or a file
 * @param clients connections a thread
 * @param threads of the load
 * @param pipeline commands in flight a connection
 * @param rate writes per second in all
 * @param ramp the rate in steps
 * @param valueBytes value size of the jmh engine
 * @param keys how many keys the jmh engine spreads over
 * @param readPercent reads among the jmh engine's commands
 * @param types what the jmh engine writes; empty = every type
 * @param passThrough what goes to memtier as it is
 */
public record LoadSettings(
    LoadEngine engine,
    MemtierLocation memtier,
    Optional<String> profile,
    OptionalInt clients,
    OptionalInt threads,
    OptionalInt pipeline,
    OptionalLong rate,
    Optional<Ramp> ramp,
    OptionalInt valueBytes,
    OptionalLong keys,
    OptionalInt readPercent,
    List<SentinelType> types,
    List<String> passThrough) {
  public LoadSettings {
    Objects.requireNonNull(engine, "engine is null");
    Objects.requireNonNull(memtier, "memtier is null");
    types = List.copyOf(types);
    passThrough = List.copyOf(passThrough);
    if (readPercent.isPresent() && (readPercent.getAsInt() < 0 || readPercent.getAsInt() > 100)) {
      throw new IllegalArgumentException(
          "--load-read-share: " + readPercent.getAsInt() + " is not in 0..100 percent");
    }
  }

  /**
   * Refuses what the engine that was chosen cannot do, rather than leave it out in silence.
   *
   * @throws IllegalArgumentException naming the option and the engine
   */
  void refuseForeignTo(LoadEngine chosen) {
    if (chosen == LoadEngine.JMH) {
      refuse(profile.isPresent(), "--memtier-profile", "jmh");
      refuse(!passThrough.isEmpty(), "what follows --", "jmh");
      refuse(rate.isPresent(), "--load-rate", "jmh");
      refuse(ramp.isPresent(), "--ramp", "jmh");
      refuse(clients.isPresent(), "--load-clients", "jmh");
    }
    if (chosen == LoadEngine.MEMTIER) {
      refuse(valueBytes.isPresent(), "--load-value-size", "memtier");
      refuse(keys.isPresent(), "--load-keys", "memtier");
      refuse(readPercent.isPresent(), "--load-read-share", "memtier");
      refuse(!types.isEmpty(), "--load-types", "memtier");
    }
  }

  private static void refuse(boolean given, String option, String engine) {
    if (given) {
      throw new IllegalArgumentException(
          option
              + " does not go with --load-engine "
              + engine
              + switch (engine) {
                case "jmh" -> "; install memtier_benchmark or give --memtier";
                default -> "; set it in the profile or after --";
              });
    }
  }
}
