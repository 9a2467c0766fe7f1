package io.syncanalyzer.verify.partition;

import io.syncanalyzer.result.verify.VerifyPartition;
import io.syncanalyzer.verify.VerifySummary;
import java.util.List;
import java.util.Objects;

/**
 * What a verification by partitions found.
 *
 * @param whole over all of them
 * @param partitions each of them, by their slots: verify_partitions.csv
 */
public record PartitionedSummary(VerifySummary whole, List<VerifyPartition> partitions) {
  public PartitionedSummary {
    Objects.requireNonNull(whole, "whole is null");
    partitions = List.copyOf(partitions);
  }
}
