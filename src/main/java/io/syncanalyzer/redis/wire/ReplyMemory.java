package io.syncanalyzer.redis.wire;

import io.syncanalyzer.redis.Bytes;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a server has answered, kept for a while, so that several who ask the same over one {@link
 * RawConnection} make it answer once: {@link RawConnection#remember}.
 *
 * <p>{@link #begin} forgets all; {@link #turn} says that another asks from now on. A reply that was
 * kept in an earlier turn is given again, once in each turn: who asks the same twice wants to know
 * what it is by now, and asks the server. Kept is what the rule names, as long as all of it takes
 * no more than the bound; the rest is asked of the server each time. Errors are never kept.
 *
 * <p>For one thread.
 */
public final class ReplyMemory {
  private static final int LEAST = 64 * 1024;

  private final int most;
  private final Rule rule;
  private final Map<Bytes, Kept> kept = new HashMap<>();
  private byte[] replies = new byte[LEAST];
  private int used;
  private int recordedFrom;
  private boolean recording;
  private boolean full;
  private long turn;

  /** Which commands' replies are kept. */
  public interface Rule {
    /**
     * Whether the reply to this one may be given to others who ask the same a little later.
     *
     * @param name the command's first part
     * @param parts how many it has, its name included
     * @param command all of it as it leaves
     */
    boolean keeps(String name, int parts, Bytes command);
  }

  /** A reply that was kept. */
  static final class Kept {
    private final int from;
    private final int length;
    private long lastTurn;

    private Kept(int from, int length, long turn) {
      this.from = from;
      this.length = length;
      this.lastTurn = turn;
    }

    int length() {
      return length;
    }
  }

  /**
   * @param most bytes of replies and of the commands they answer
   */
  public ReplyMemory(int most, Rule rule) {
    this.most = most;
    this.rule = Objects.requireNonNull(rule, "rule is null");
  }

  /** Forgets all, and begins anew. */
  public void begin() {
    kept.clear();
    used = 0;
    recording = false;
    full = false;
    turn++;
  }

  /** Another asks from now on. */
  public void turn() {
    turn++;
  }

  /** Whether something could not be kept since the begin, for want of room. */
  public boolean isFull() {
    return full;
  }

  /** Whether no more than a quarter of the room is taken. */
  public boolean isMostlyEmpty() {
    return used <= most / 4;
  }

  boolean keeps(String name, int parts, Bytes command) {
    return rule.keeps(name, parts, command);
  }

  /** The reply of an earlier turn to this command, unless it was given in this turn already. */
  @Nullable Kept take(Bytes command) {
    Kept found = kept.get(command);
    if (found == null || found.lastTurn == turn) {
      return null;
    }
    found.lastTurn = turn;
    return found;
  }

  /** Copies a part of a kept reply. */
  void copy(Kept reply, int at, byte[] target, int to, int length) {
    System.arraycopy(replies, reply.from + at, target, to, length);
  }

  /** A reply begins that may be kept. */
  void record(boolean wanted) {
    if (recording) {
      used = recordedFrom; // The one before was cut off with its connection.
    }
    recording = wanted;
    recordedFrom = used;
  }

  /** The next bytes of that reply. */
  void record(byte[] array, int from, int length) {
    if (!recording) {
      return;
    }
    if (length > most - used) {
      giveUp();
      return;
    }
    if (length > replies.length - used) {
      replies = Arrays.copyOf(replies, Math.min(most, Math.max(used + length, replies.length * 2)));
    }
    System.arraycopy(array, from, replies, used, length);
    used += length;
  }

  /** That reply has ended. */
  void recorded(Bytes command, boolean error) {
    if (!recording) {
      return;
    }
    recording = false;
    if (error || kept.containsKey(command)) {
      used = recordedFrom;
    } else if (command.length() > most - used) {
      giveUp();
    } else {
      kept.put(command, new Kept(recordedFrom, used - recordedFrom, turn));
    }
  }

  private void giveUp() {
    full = true;
    recording = false;
    used = recordedFrom;
  }
}
