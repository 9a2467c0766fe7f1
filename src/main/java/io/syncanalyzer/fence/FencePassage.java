package io.syncanalyzer.fence;

import java.util.Objects;

/**
 * One proof that the replica had everything the source had when {@link Fence#pass} was called.
 *
 * @param proof what was seen, in words, such as {@code offset 5123 >= 5109}
 * @param nanos how long the replica took
 */
public record FencePassage(String proof, long nanos) {
  public FencePassage {
    Objects.requireNonNull(proof, "proof is null");
  }
}
