package io.syncanalyzer.run.load;

import io.syncanalyzer.insert.load.JmhLoadRequest;
import io.syncanalyzer.insert.load.JmhLoadRequest.Data;
import io.syncanalyzer.insert.load.JmhLoadRequest.Writers;
import io.syncanalyzer.load.EngineChoice;
import io.syncanalyzer.load.LoadEngine;
import io.syncanalyzer.load.memtier.LoadLimits;
import io.syncanalyzer.load.memtier.LoadRequest;
import io.syncanalyzer.redis.Refusals;
import io.syncanalyzer.redis.topology.Topology;
import io.syncanalyzer.run.load.LoadSettings.OfJmh;
import io.syncanalyzer.run.load.LoadSettings.OfMemtier;
import io.syncanalyzer.run.record.MachineMemory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether what was asked of a load goes with the engine that was chosen, and with the memory there
 * is. Which engine that is is known only here, and with it which values are looked at: so it is
 * here that a refusal names the option.
 */
final class LoadFit {
  private LoadFit() {}

  /**
   * Refuses what the engine that was chosen cannot do, rather than leave it out in silence.
   *
   * @throws IllegalArgumentException naming the option and the engine
   */
  static void refuseForeign(LoadSettings settings, LoadEngine chosen) {
    if (chosen == LoadEngine.JMH) {
      OfMemtier memtiers = settings.memtier();
      String instead = "install memtier_benchmark or give --memtier";
      refuse(memtiers.profile().isPresent(), "--memtier-profile", chosen, instead);
      refuse(!memtiers.passThrough().isEmpty(), "what follows --", chosen, instead);
      refuse(memtiers.clients().isPresent(), "--load-clients", chosen, instead);
    }
    if (chosen == LoadEngine.MEMTIER) {
      OfJmh jmhs = settings.jmh();
      String instead = "set it in the profile or after --";
      refuse(jmhs.valueBytes().isPresent(), "--load-value-size", chosen, instead);
      refuse(jmhs.keys().isPresent(), "--load-keys", chosen, instead);
      refuse(jmhs.readPercent().isPresent(), "--load-read-share", chosen, instead);
      refuse(!jmhs.types().isEmpty(), "--load-types", chosen, instead);
    }
  }

  /**
   * The built-in engine in memtier's place, where nobody asked for memtier itself.
   *
   * @param why memtier cannot write there, one line
   * @throws IllegalArgumentException with one line where that will not do
   */
  static EngineChoice instead(
      LoadSettings settings, Topology source, Optional<Duration> duration, String why) {
    if (settings.engine() != LoadEngine.AUTO) {
      throw new IllegalArgumentException(why + "; use --load-engine jmh, or auto");
    }
    try {
      refuseForeign(settings, LoadEngine.JMH);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          why + "; the built-in engine can, but " + String.valueOf(e.getMessage()).split(";", 2)[0],
          e);
    }
    checkMemory(jmh(settings, source, Path.of(""), duration), MachineMemory.half());
    return new EngineChoice(LoadEngine.JMH, why + ": the built-in engine writes the load");
  }

  private static void refuse(boolean given, String option, LoadEngine engine, String instead) {
    if (given) {
      throw new IllegalArgumentException(
          option + " does not go with --load-engine " + engine.label() + "; " + instead);
    }
  }

  private static void atMost(String option, long perSecond) {
    if (perSecond > JmhLoadRequest.MOST_PER_SECOND) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: %,d/s is more than the built-in engine counts; at most %,d",
              option,
              perSecond,
              JmhLoadRequest.MOST_PER_SECOND));
    }
  }

  /**
   * What is asked of the jmh engine. A ramp says itself how long it lasts.
   *
   * @throws IllegalArgumentException naming the option whose value it does not take
   */
  static JmhLoadRequest jmh(
      LoadSettings settings, Topology source, Path folder, Optional<Duration> duration) {
    Writers writers =
        Refusals.named(
            "--load-threads: ",
            Writers.DEFAULT,
            known -> known.withThreads(settings.threads().orElse(known.threads())));
    writers =
        Refusals.named(
            "--load-pipeline: ",
            writers,
            known -> known.withPipeline(settings.pipeline().orElse(known.pipeline())));
    OfJmh asked = settings.jmh();
    Data data =
        Refusals.named(
            "--load-value-size: ",
            Data.DEFAULT,
            known -> known.withValueBytes(asked.valueBytes().orElse(known.valueBytes())));
    data =
        Refusals.named(
            "--load-keys: ",
            data,
            known -> known.withKeyRange(asked.keys().orElse(known.keyRange())));
    if (asked.readPercent().isPresent()) {
      data = data.withReadShare(asked.readPercent().getAsInt() / 100.0);
    }
    if (!asked.types().isEmpty()) {
      data = data.withTypes(asked.types());
    }
    settings.rate().ifPresent(rate -> atMost("--load-rate", rate));
    settings.ramp().ifPresent(ramp -> atMost("--ramp", Math.max(ramp.from(), ramp.to())));
    return new JmhLoadRequest(
        source,
        folder,
        writers,
        data,
        settings.ramp().isPresent() ? Optional.empty() : duration,
        settings.rate().isPresent() || settings.ramp().isPresent());
  }

  /**
   * What is asked of memtier_benchmark. A ramp says itself how long it lasts.
   *
   * @throws IllegalArgumentException naming the option whose value it does not take, or two that
   *     exclude each other
   */
  static LoadRequest memtier(
      LoadSettings settings, Topology source, Path folder, Optional<Duration> duration) {
    OfMemtier asked = settings.memtier();
    if (settings.ramp().isPresent() && settings.rate().isPresent()) {
      throw new IllegalArgumentException("--ramp and --load-rate exclude each other: give one");
    }
    try {
      return new LoadRequest(
          source,
          folder,
          asked.location(),
          asked.profile().orElse(LoadRequest.DEFAULT_PROFILE),
          settings.ramp().isPresent() ? Optional.empty() : duration,
          asked.clients(),
          settings.threads(),
          settings.pipeline(),
          settings.rate(),
          settings.ramp(),
          asked.passThrough(),
          LoadLimits.DEFAULT);
    } catch (LoadRequest.Refused e) {
      throw new IllegalArgumentException(
          optionOf(e.part()) + ": " + e.getMessage() + insteadOf(e), e);
    }
  }

  private static String optionOf(LoadRequest.Part part) {
    return switch (part) {
      case PROFILE -> "--memtier-profile";
      case DURATION -> "--duration";
      case CLIENTS -> "--load-clients";
      case THREADS -> "--load-threads";
      case PIPELINE -> "--load-pipeline";
      case RATE -> "--load-rate";
    };
  }

  private static String insteadOf(LoadRequest.Refused refused) {
    return refused.part() == LoadRequest.Part.RATE ? ", or use --load-engine none" : "";
  }

  /**
   * Refuses a load whose JVM would not fit.
   *
   * @param room how much memory it may have
   */
  static void checkMemory(JmhLoadRequest asked, long room) {
    if (asked.heapBytes() <= room) {
      return;
    }
    int threads = asked.threads() - 1;
    while (threads > 0 && asked.with(asked.writers().withThreads(threads)).heapBytes() > room) {
      threads--;
    }
    throw new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "--load-threads %d with values of %,d bytes needs %,d MiB of memory for the load's"
                + " JVM; %s%s",
            asked.threads(),
            asked.valueBytes(),
            asked.heapBytes() >> 20,
            MachineMemory.words(),
            threads > 0 ? "; --load-threads " + threads + " would go" : ""));
  }
}
