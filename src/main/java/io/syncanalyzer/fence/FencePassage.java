package io.syncanalyzer.fence;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * One proof that the replica had everything the source had when {@link Fence#pass} was called.
 *
 * @param proof what was seen, in words, such as {@code offset 5123 >= 5109}
 * @param sourceOffset the source's replication offset at the start; empty where the fence is no
 *     offset
 * @param nanos how long the replica took
 */
public record FencePassage(String proof, OptionalLong sourceOffset, long nanos) {
  public FencePassage {
    Objects.requireNonNull(proof, "proof is null");
    Objects.requireNonNull(sourceOffset, "sourceOffset is null");
  }
}
