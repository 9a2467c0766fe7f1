package io.syncanalyzer.run.load;

import io.syncanalyzer.insert.InsertLoad;
import io.syncanalyzer.insert.load.JmhLoadProgress;
import io.syncanalyzer.load.EngineChoice;
import io.syncanalyzer.load.LoadEngine;
import io.syncanalyzer.load.LoadPhase;
import io.syncanalyzer.load.memtier.LoadFailure;
import io.syncanalyzer.load.memtier.LoadKeys;
import io.syncanalyzer.load.memtier.LoadRequest;
import io.syncanalyzer.load.memtier.LoadUses;
import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.server.CommandRights;
import io.syncanalyzer.redis.server.CommandUse;
import io.syncanalyzer.redis.topology.Topology;
import io.syncanalyzer.result.LoadReport;
import io.syncanalyzer.run.record.MachineMemory;
import io.syncanalyzer.run.record.RunContext;
import io.syncanalyzer.sentinel.KeyPrefix;
import io.syncanalyzer.sentinel.OurKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.Predicate;

/**
 * A load that runs beside the rest, whichever engine writes it. Belongs to one thread.
 *
 * <p>Started by {@link #start}; over when {@link #await} returns; {@link #close} ends what still
 * runs.
 */
public sealed interface LoadJob extends AutoCloseable
    permits MemtierJob, JmhJob, JmhRampJob, NoLoadJob {
  /**
   * Which engine it will be, and why. Nothing is started but memtier to be asked what it can do and
   * whether it takes its arguments: what can be known without the source is checked here.
   *
   * @param duration how long it is to write; empty = as the profile says
   * @throws IllegalArgumentException where an option does not go with that engine or another option
   * @throws LoadFailure where there is no such memtier
   */
  static EngineChoice choose(
      LoadSettings settings, String path, Endpoint source, Optional<Duration> duration) {
    EngineChoice choice = EngineChoice.of(settings.engine(), settings.memtier().location(), path);
    LoadFit.refuseForeign(settings, choice.engine());
    // Built only to have its values checked before any server is touched.
    Topology asNamed = Topology.single(source);
    LoadRequest memtiers = LoadFit.memtier(settings, asNamed, Path.of(""), duration);
    if (choice.engine() == LoadEngine.JMH) {
      LoadFit.checkMemory(
          LoadFit.jmh(settings, asNamed, Path.of(""), duration), MachineMemory.half());
    } else if (choice.engine() == LoadEngine.MEMTIER) {
      LoadPhase.check(memtiers, path);
    }
    return choice;
  }

  /**
   * The choice once it is known what the source is: where that is a cluster that memtier cannot
   * write to, {@code auto} takes the built-in engine.
   *
   * @param source as it was found
   * @param duration how long it is to write; empty = as the profile says
   * @throws IllegalArgumentException where memtier was asked for, or options that it alone takes
   */
  static EngineChoice fitted(
      LoadSettings settings,
      EngineChoice choice,
      String path,
      Topology source,
      Optional<Duration> duration) {
    if (choice.engine() != LoadEngine.MEMTIER || !source.cluster()) {
      return choice;
    }
    LoadRequest memtiers = LoadFit.memtier(settings, source, Path.of(""), duration);
    return LoadPhase.hindrance(memtiers, path)
        .map(why -> LoadFit.instead(settings, source, duration, why))
        .orElse(choice);
  }

  /**
   * Starts it; the engine's own start-up may still go on when this returns.
   *
   * @param duration how long it is to write; empty = as the profile says
   * @param progress what it does, about once a second
   * @param steps told a ramp's steps, from 1, as they begin, and 0 as they end, on another thread
   */
  static LoadJob start(
      RunContext context,
      LoadSettings settings,
      EngineChoice choice,
      Topology source,
      Path folder,
      Optional<Duration> duration,
      Consumer<LoadLine> progress,
      IntConsumer steps) {
    if (choice.engine() == LoadEngine.MEMTIER) {
      return new MemtierJob(LoadFit.memtier(settings, source, folder, duration), progress, steps);
    }
    if (choice.engine() == LoadEngine.JMH) {
      InsertLoad load =
          InsertLoad.start(
              LoadFit.jmh(settings, source, folder, duration),
              heard -> progress.accept(LoadLine.of(heard)));
      // That it stands in for memtier must not pass unsaid; that it was asked for is known.
      List<String> warnings =
          settings.engine() == LoadEngine.AUTO ? List.of(choice.why()) : List.of();
      return settings.ramp().isPresent()
          ? new JmhRampJob(
              load, settings.ramp().get(), warnings, steps, context.clock(), context.wallClock())
          : new JmhJob(load, settings.rate(), warnings, context.wallClock());
    }
    return new NoLoadJob();
  }

  /**
   * Starts the built-in engine's JVM for a load whose rate is told as it runs; it connects and
   * waits.
   *
   * @param progress what it does, about once a second, on the thread that listens to it
   * @throws io.syncanalyzer.insert.fork.InsertFailure if it cannot be started
   */
  static InsertLoad pacedFork(
      LoadSettings settings, Topology source, Path folder, Consumer<JmhLoadProgress> progress) {
    return InsertLoad.start(
        LoadFit.jmh(settings, source, folder, Optional.empty()).withPace(), progress);
  }

  /** Which keys the load will write, beside those that every load may; empty where none runs. */
  static Optional<Predicate<Bytes>> keys(
      LoadSettings settings, EngineChoice choice, Topology source) {
    return switch (choice.engine()) {
      case NONE -> Optional.empty();
      case MEMTIER ->
          Optional.of(
              LoadKeys.of(LoadFit.memtier(settings, source, Path.of(""), Optional.empty()))::has);
      case JMH, AUTO -> Optional.of(none -> false);
    };
  }

  /**
   * Refuses, before anything is written, a load that the source's user may not write, on each
   * primary: every node of a cluster has its own rules.
   *
   * @throws io.syncanalyzer.redis.RedisFailure with one line that names the user, the commands,
   *     their keys and the rules to add
   */
  static void requireRights(
      RunContext context, LoadSettings settings, EngineChoice choice, Topology source) {
    switch (choice.engine()) {
      case MEMTIER ->
          requireRights(
              context,
              source,
              LoadUses.of(LoadFit.memtier(settings, source, Path.of(""), Optional.empty())),
              "the load by memtier_benchmark");
      case JMH ->
          requireRights(
              context,
              source,
              LoadFit.jmh(settings, source, Path.of(""), Optional.empty()).uses(),
              "the built-in engine's load");
      case NONE, AUTO -> {}
    }
  }

  private static void requireRights(
      RunContext context, Topology source, List<CommandUse> uses, String who) {
    for (Endpoint primary : source.primaries()) {
      context.patience().insist(() -> CommandRights.require(primary, uses, who));
    }
  }

  /** Waits until the first writes are answered, or the load is over. */
  void awaitWriting() throws InterruptedException;

  /** Wall clock of its first second, a label; known once it is over. */
  long startedEpochMillis();

  /** What is to be said before it is started, while it can still be left. */
  static List<String> warningsAhead(LoadSettings settings, EngineChoice choice, Topology source) {
    if (choice.engine() != LoadEngine.MEMTIER) {
      return List.of();
    }
    LoadRequest request = LoadFit.memtier(settings, source, Path.of(""), Optional.empty());
    LoadKeys keys = LoadKeys.of(request);
    List<String> warnings = new ArrayList<>();
    LoadPhase.warningsAhead(request).forEach(warnings::add);
    keys.examples().stream()
        .filter(key -> key.startsWith(Bytes.utf8(KeyPrefix.LOAD)) && OurKey.of(key).isEmpty())
        .findFirst()
        .ifPresent(
            key ->
                warnings.add(
                    "the load writes keys such as "
                        + key
                        + ", which nobody can tell later from those of others: clean does not"
                        + " remove them, and a load of another profile is refused while they are"
                        + " there; --key-prefix sa:load:string: and the like are known"));
    return warnings;
  }

  /** Whether it has come to its end. */
  boolean isOver();

  /** Asks it to end, its results kept. */
  void stop();

  /**
   * Waits for its end. An interrupt ends the load early, what it has is kept, and the interrupt
   * flag stays set.
   */
  LoadReport await();

  @Override
  void close();
}
