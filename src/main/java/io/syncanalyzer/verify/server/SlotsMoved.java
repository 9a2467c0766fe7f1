package io.syncanalyzer.verify.server;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.topology.SlotSet;
import java.util.Objects;

/**
 * Some of the slots that are compared are not, or not alone, at the node that was to have them: it
 * owns them no longer, or they are on their way to or from it. The topology is to be read again and
 * these slots are to be compared again; nothing that was found of them holds.
 */
public final class SlotsMoved extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Endpoint node;
  private final transient SlotSet slots;

  /**
   * @param node where they were to be
   * @param slots which, of those that were compared
   */
  public SlotsMoved(Endpoint node, SlotSet slots) {
    super(
        "slots " + slots + " moved away from the " + node + ", or are on their way to or from it");
    this.node = Objects.requireNonNull(node, "node is null");
    this.slots = slots;
  }

  /** Where they were to be. */
  public Endpoint node() {
    return node;
  }

  /** Which they are. */
  public SlotSet slots() {
    return slots;
  }
}
