package io.syncanalyzer.sentinel;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.topology.HashSlot;
import io.syncanalyzer.redis.topology.HashTags;
import io.syncanalyzer.redis.topology.ShardPair;

/**
 * What puts a key of ours into a slot of a cluster: a hash tag after the name of a lane or of a
 * fence, {@code {1a}}. Keys of servers that are in no cluster have none.
 */
public final class SlotTag {
  /** A tag or none, as a regular expression. */
  static final String FORM = "(?:\\{" + HashTags.FORM + "\\})?";

  private SlotTag() {}

  /** The tag of a slot, in its braces. */
  public static String of(int slot) {
    return "{" + HashTags.of(slot) + "}";
  }

  /** That of a slot which the pair shares; empty where neither is in a cluster. */
  public static String of(ShardPair pair) {
    return pair.bySlot() ? of(pair.slots().middle()) : "";
  }

  /** Whether a name of {@link #FORM} has no tag, or the one that we write for its slot. */
  static boolean isOurs(String name) {
    int open = name.indexOf('{');
    return open < 0
        || name.substring(open, name.indexOf('}') + 1).equals(of(HashSlot.of(Bytes.utf8(name))));
  }
}
