package io.syncanalyzer.result.lag;

/** What may make a replica seem, or be, behind. */
public enum LagCause {
  PROBE_PAUSED("probe paused"),
  REPLICA_GONE("replica gone"),
  SOURCE_GONE("source gone"),
  SOURCE_SLOW_COMMAND("slow command on source"),
  REPLICA_SLOW_COMMAND("slow command on replica"),
  OUTPUT_BUFFER("output buffer of the replica at its limit"),
  BACKLOG_OVERRUN("backlog overrun"),
  FULL_RESYNC("full resync"),
  LINK_LOST("link lost"),
  SOURCE_FORK("fork on source"),
  REPLICA_FORK("fork on replica"),
  SOURCE_LATENCY_EVENT("latency event on source"),
  REPLICA_LATENCY_EVENT("latency event on replica"),
  SOURCE_EXPIRY("expiry cycles on source"),
  REPLICA_EXPIRY("expiry cycles on replica"),
  SOURCE_EVICTION("eviction on source"),
  REPLICA_EVICTION("eviction on replica"),
  SOURCE_CPU("CPU of source at 100 %"),
  REPLICA_CPU("CPU of replica at 100 %"),
  SOURCE_SWAP("swap on source"),
  REPLICA_SWAP("swap on replica"),
  LOAD_SATURATED("load beyond what the source takes"),
  PROBE_FAR("probe far away"),
  SOURCE_SLOW("source slow"),
  REPLICA_STALLED("replica stalled"),
  LINK_OR_APPLY("link or apply behind"),
  NOT_KNOWN("not known");

  private final String label;

  LagCause(String label) {
    this.label = label;
  }

  /** As a file has it, and people read it. */
  public String label() {
    return label;
  }

  /** Whether it says only who was late, so that a cause that says why goes before it. */
  public boolean isSymptom() {
    return switch (this) {
      case SOURCE_SLOW, REPLICA_STALLED, LINK_OR_APPLY, NOT_KNOWN -> true;
      default -> false;
    };
  }

  /** Whether the probe tells it by itself, whatever the servers say. */
  public boolean isMeasuredByProbe() {
    return this == PROBE_PAUSED || isSymptom();
  }
}
