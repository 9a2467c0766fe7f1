package io.syncanalyzer.report.page;

import io.syncanalyzer.report.page.Charts.Look;
import io.syncanalyzer.result.figure.Numbers;
import io.syncanalyzer.result.verify.VerifyPartition;

/** What became of a partition, and how that looks; drawn in this order. */
enum PartitionOutcome {
  EQUAL("equal", 3, "pale"),
  UNDECIDED("unsettled, unreadable or not done", 5, "none"),
  MISMATCHED("mismatched", 6, "solid");

  private final String words;
  private final int colour;
  private final String fill;

  PartitionOutcome(String words, int colour, String fill) {
    this.words = words;
    this.colour = colour;
    this.fill = fill;
  }

  /** The worst that was found of it. */
  static PartitionOutcome of(VerifyPartition partition) {
    if (partition.mismatched() > 0) {
      return MISMATCHED;
    }
    return partition.unsettled() > 0 || partition.unreadable() > 0 || !isDone(partition)
        ? UNDECIDED
        : EQUAL;
  }

  /** Whether anything was found: without that no fence was used. */
  static boolean isDone(VerifyPartition partition) {
    return !partition.fence().isEmpty();
  }

  /** How those that have it look, and how many they are. */
  Look look(long partitions) {
    return new Look(words + " (" + Numbers.words(partitions) + ")", colour, fill);
  }
}
