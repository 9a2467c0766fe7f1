package io.syncanalyzer.verify.partition;

import io.syncanalyzer.redis.Endpoint;
import java.util.Objects;

/**
 * A slot on its way.
 *
 * @param from who gives it away
 * @param to who takes it
 */
public record SlotMove(Endpoint from, Endpoint to) {
  public SlotMove {
    Objects.requireNonNull(from, "from is null");
    Objects.requireNonNull(to, "to is null");
  }
}
