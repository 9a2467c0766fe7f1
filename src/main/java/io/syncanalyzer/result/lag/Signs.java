package io.syncanalyzer.result.lag;

import io.syncanalyzer.result.figure.Numbers;
import org.jspecify.annotations.Nullable;

/**
 * What a server told of itself in a second, beside its replication; null = not told, or not read in
 * that second. Figures are of that second alone, states as of its end.
 *
 * @param cpuShare of the thread that serves commands, or where that is not told apart of all its
 *     threads; 1 = one core
 * @param forkNanos the longest fork in it; 0 = none
 * @param saving whether a child of the server was writing a snapshot or a new append-only file
 * @param copiedBytes memory copied on write for such a child
 * @param evicted keys evicted
 * @param expired keys expired
 * @param expiryNanos CPU time of the cycles that expire keys, of several seconds the most in one
 * @param expiryCut how often such a cycle ended for want of time
 * @param fullSyncs full resynchronisations begun with its replicas
 * @param partialGranted partial ones
 * @param partialRefused partial ones that a replica asked for and did not get
 * @param replicas how many replicas were connected
 * @param loading whether it was receiving or loading a snapshot
 * @param waitingBytes written, and not yet acknowledged by the replica furthest behind, or in the
 *     output buffer of a replica on average if that is more
 * @param bufferLimitBytes what a replica's output buffer may hold; 0 = no limit
 * @param bufferClosed connections closed for their output buffer
 * @param backlogBytes what the replication backlog holds
 * @param slowNanos the longest command newly in the slow log; 0 = none
 * @param slowCommand its name
 * @param latencyNanos the longest event newly in the latency monitor; 0 = none
 * @param latencyEvent its name
 * @param usedBytes memory in use by data and buffers
 * @param residentBytes of the process's memory, what lies in RAM
 */
public record Signs(
    @Nullable Double cpuShare,
    @Nullable Long forkNanos,
    @Nullable Boolean saving,
    @Nullable Long copiedBytes,
    @Nullable Long evicted,
    @Nullable Long expired,
    @Nullable Long expiryNanos,
    @Nullable Long expiryCut,
    @Nullable Long fullSyncs,
    @Nullable Long partialGranted,
    @Nullable Long partialRefused,
    @Nullable Long replicas,
    @Nullable Boolean loading,
    @Nullable Long waitingBytes,
    @Nullable Long bufferLimitBytes,
    @Nullable Long bufferClosed,
    @Nullable Long backlogBytes,
    @Nullable Long slowNanos,
    @Nullable String slowCommand,
    @Nullable Long latencyNanos,
    @Nullable String latencyEvent,
    @Nullable Long usedBytes,
    @Nullable Long residentBytes) {
  /** Nothing is told. */
  public static final Signs NONE =
      new Signs(
          null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
          null, null, null, null, null, null, null, null);

  public Signs {
    cpuShare = Numbers.known(cpuShare);
  }

  /**
   * These and later ones as one: counts add up, of figures the greatest is kept; both figures of
   * the memory are of the reading with the least of it in RAM.
   */
  public Signs and(Signs next) {
    boolean slower = Known.isGreater(next.slowNanos, slowNanos);
    boolean leaner = next.resident() < resident();
    boolean later = Known.isGreater(next.latencyNanos, latencyNanos);
    return new Signs(
        Known.greater(cpuShare, next.cpuShare),
        Known.greater(forkNanos, next.forkNanos),
        Known.either(saving, next.saving),
        Known.greater(copiedBytes, next.copiedBytes),
        Known.sum(evicted, next.evicted),
        Known.sum(expired, next.expired),
        Known.greater(expiryNanos, next.expiryNanos),
        Known.sum(expiryCut, next.expiryCut),
        Known.sum(fullSyncs, next.fullSyncs),
        Known.sum(partialGranted, next.partialGranted),
        Known.sum(partialRefused, next.partialRefused),
        Known.greater(replicas, next.replicas),
        Known.either(loading, next.loading),
        Known.greater(waitingBytes, next.waitingBytes),
        Known.greater(bufferLimitBytes, next.bufferLimitBytes),
        Known.sum(bufferClosed, next.bufferClosed),
        Known.greater(backlogBytes, next.backlogBytes),
        Known.greater(slowNanos, next.slowNanos),
        slower ? next.slowCommand : slowCommand,
        Known.greater(latencyNanos, next.latencyNanos),
        later ? next.latencyEvent : latencyEvent,
        leaner ? next.usedBytes : usedBytes,
        leaner ? next.residentBytes : residentBytes);
  }

  /** Of its memory in use, which part lies in RAM; more than all of it where that is not known. */
  private double resident() {
    return usedBytes == null || residentBytes == null || usedBytes == 0
        ? Double.MAX_VALUE
        : (double) residentBytes / usedBytes;
  }

  /**
   * What is kept of a second once its episode has its cause: how busy the server was, and what
   * happened. Null there is nothing that happened, or nothing that is told.
   */
  public @Nullable Signs remarkable() {
    Signs kept =
        new Signs(
            cpuShare,
            orNull(forkNanos),
            orNull(saving),
            orNull(copiedBytes),
            orNull(evicted),
            orNull(expired),
            orNull(expiryNanos),
            orNull(expiryCut),
            orNull(fullSyncs),
            orNull(partialGranted),
            orNull(partialRefused),
            null,
            orNull(loading),
            null,
            null,
            orNull(bufferClosed),
            null,
            orNull(slowNanos),
            slowCommand,
            orNull(latencyNanos),
            latencyEvent,
            null,
            null);
    return kept.equals(NONE) ? null : kept;
  }

  /** What happened, in words; null where nothing did. */
  public @Nullable String words() {
    return SignsWords.of(this);
  }

  private static @Nullable Long orNull(@Nullable Long count) {
    return count == null || count == 0 ? null : count;
  }

  private static @Nullable Boolean orNull(@Nullable Boolean state) {
    return Boolean.TRUE.equals(state) ? state : null;
  }
}
