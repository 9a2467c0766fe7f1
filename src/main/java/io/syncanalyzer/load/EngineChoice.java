package io.syncanalyzer.load;

import io.syncanalyzer.load.memtier.MemtierLocation;
import io.syncanalyzer.load.memtier.MemtierLocation.OnPath;
import io.syncanalyzer.load.memtier.MemtierProgram;

/**
 * The engine a run uses and why.
 *
 * @param engine never {@link LoadEngine#AUTO}
 * @param why one sentence for the user; says how to get memtier where it was wanted and is missing
 */
public record EngineChoice(LoadEngine engine, String why) {
  public EngineChoice {
    if (engine == LoadEngine.AUTO) {
      throw new IllegalArgumentException("a choice is made, not left open");
    }
  }

  /**
   * Decides. {@code auto} takes memtier where the user named one or {@code PATH} has one, and the
   * built-in engine otherwise; an engine asked for by name is never replaced by another.
   *
   * @param path the value of the environment's {@code PATH}
   */
  public static EngineChoice of(LoadEngine asked, MemtierLocation memtier, String path) {
    if (asked != LoadEngine.AUTO) {
      return new EngineChoice(asked, "--load-engine " + asked.label() + " was asked for");
    }
    if (!(memtier instanceof OnPath)) {
      return new EngineChoice(LoadEngine.MEMTIER, "--memtier names it");
    }
    return MemtierLocation.find(MemtierProgram.NAME, path)
        .map(file -> new EngineChoice(LoadEngine.MEMTIER, file + " is on PATH"))
        .orElseGet(
            () ->
                new EngineChoice(
                    LoadEngine.JMH,
                    "no memtier_benchmark is on PATH, so the built-in engine writes the load; to"
                        + " load with memtier_benchmark, "
                        + MemtierLocation.HOW_TO_GET));
  }
}
