package io.syncanalyzer.probe.figures;

import java.util.Locale;

/** What a measurement of lag stands for. */
public enum ProbePhase {
  /** The probe with the source in the replica's place, idle: what it cannot see below. */
  FLOOR,
  /** The pair at idle. */
  BASELINE,
  /** The pair under load. */
  LOAD,
  /** The pair as it is, when the probe runs alone. */
  PROBE;

  /** The word in rows. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it is what a run was made for, and no measure to read it by. */
  public boolean isMeasured() {
    return this == LOAD || this == PROBE;
  }

  /** The word in the rows of seconds after the schedule's end. */
  public String drainLabel() {
    return switch (this) {
      case FLOOR -> "floor_drain";
      case BASELINE -> "baseline_drain";
      case LOAD, PROBE -> "drain";
    };
  }

  /** What marks this phase's lanes in keys, so that the phases of one run never share a key. */
  public String laneMark() {
    return switch (this) {
      case FLOOR -> "f";
      case BASELINE -> "b";
      case LOAD, PROBE -> "";
    };
  }

  /** What goes before the tags of this phase in {@code lag.hlog}. */
  public String tagPrefix() {
    return switch (this) {
      case FLOOR -> "floor-";
      case BASELINE -> "baseline-";
      case LOAD, PROBE -> "";
    };
  }
}
