package io.syncanalyzer.verify;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.RawConnection;
import io.syncanalyzer.redis.RawInput;
import io.syncanalyzer.redis.RawOutput;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.time.NanoClock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The first pass over a batch of keys: tells those that are certainly equal from the suspects, as
 * cheaply as that can be done.
 *
 * <p>One MGET reads all the strings of a batch on both sides at once; the two replies are compared
 * as they stream in, so that a value of any size takes no memory here. What answers nil is no
 * string. Sets and hashes are compared by their elements in whatever order; of other types the
 * serialized payloads are compared as they stream in, and an equal payload is an equal value. Where
 * payloads differ, or a reply is too large, the values are read and compared properly; large ones
 * in windows. Expiries are read only where either side has any.
 *
 * <p>What a server must hold for one reply is bounded too: unless {@code sizesFirst} is off because
 * the whole data set is small, sizes are asked before values, strings are asked for {@link
 * #MOST_BYTES} at a time, and what is larger goes to the windows. Not safe for use by several
 * threads.
 */
final class FirstLook {
  /** Bytes of strings asked for in one command, by their size in the server's memory. */
  static final long MOST_BYTES = 4 * 1024 * 1024;

  private static final int DUMP_FOOTER = 10;
  private static final int DEEP_GROUP = 64;

  private final RawConnection source;
  private final RawConnection replica;
  private final KeyReader sourceReader;
  private final KeyReader replicaReader;
  private final LargeLook large;
  private final Abilities abilities;
  private final boolean sizesFirst;
  private final boolean anyStrings;
  private final boolean onlyStrings;
  private final BooleanSupplier anyExpiry;
  private final long toleranceMillis;

  private State[] states = new State[0];
  private String[] types = new String[0];
  private long[] sizes = new long[0];
  private long[] counts = new long[0];
  private final UnorderedReply sourceReply = new UnorderedReply();
  private final UnorderedReply replicaReply = new UnorderedReply();

  private enum State {
    OPEN,
    NO_STRING,
    SAME,
    UNLIKE,
    SUSPECT,
    GONE
  }

  /**
   * @param scopeType the one type all keys are of; null = any
   * @param anyExpiry whether either side has any key with an expiry
   */
  FirstLook(
      RawConnection source,
      RawConnection replica,
      Abilities abilities,
      boolean sizesFirst,
      @Nullable String scopeType,
      BooleanSupplier anyExpiry,
      long toleranceMillis,
      NanoClock clock) {
    this.source = source;
    this.replica = replica;
    this.abilities = abilities;
    this.sizesFirst = sizesFirst && abilities.memoryUsage();
    this.anyStrings = scopeType == null || scopeType.equals("string");
    this.onlyStrings = scopeType != null && scopeType.equals("string");
    this.anyExpiry = anyExpiry;
    this.toleranceMillis = toleranceMillis;
    this.sourceReader = new KeyReader(source, abilities, clock);
    this.replicaReader = new KeyReader(replica, abilities, clock);
    this.large = new LargeLook(source, replica, abilities, toleranceMillis);
  }

  /** Looks at every key of the batch and says of each what was found. */
  void at(KeyBatch batch, Found found) {
    int count = batch.count();
    if (states.length < count) {
      states = new State[count];
      types = new String[count];
      sizes = new long[count];
      counts = new long[count];
    }
    java.util.Arrays.fill(states, 0, count, anyStrings ? State.OPEN : State.NO_STRING);
    if (sizesFirst) {
      readSizes(batch, 0, count);
    }
    if (anyStrings) {
      readStrings(batch);
    }
    if (!onlyStrings) {
      compareOthers(batch);
    }
    if (anyExpiry.getAsBoolean()) {
      compareExpiries(batch);
    }
    for (int i = 0; i < count; i++) {
      switch (states[i]) {
        case SAME -> found.equal(batch, i, types[i], counts[i], sizes[i]);
        case GONE -> found.gone(batch, i);
        case UNLIKE -> {
          // Looked at properly below.
        }
        case OPEN, NO_STRING, SUSPECT -> found.suspect(batch, i);
      }
    }
    compareProperly(batch, found);
  }

  /** Asks the source how much memory keys take; what is gone there becomes a suspect. */
  private void readSizes(KeyBatch batch, int from, int to) {
    RawOutput out = source.out();
    for (int i = from; i < to; i++) {
      out.begin(3);
      out.part("MEMORY");
      out.part("USAGE");
      part(out, batch, i);
    }
    out.flush();
    RawInput in = source.in();
    for (int i = from; i < to; i++) {
      in.next();
      if (in.kind() == RawInput.INTEGER) {
        sizes[i] = in.number();
        if (sizes[i] > KeyReader.LARGE_BYTES && sizes[i] > MOST_BYTES / 16) {
          states[i] = State.UNLIKE;
        }
      } else {
        refused(source, "MEMORY USAGE", in);
        states[i] = State.SUSPECT;
      }
    }
  }

  private void readStrings(KeyBatch batch) {
    int from = 0;
    while (from < batch.count()) {
      if (states[from] != State.OPEN) {
        from++;
        continue;
      }
      int to = from;
      long bytes = 0;
      while (to < batch.count()
          && states[to] == State.OPEN
          && (!sizesFirst || to == from || bytes + sizes[to] <= MOST_BYTES)) {
        bytes += sizesFirst ? sizes[to] : 0;
        to++;
      }
      compareStrings(batch, from, to);
      from = to;
    }
  }

  private void compareStrings(KeyBatch batch, int from, int to) {
    mget(source.out(), batch, from, to);
    mget(replica.out(), batch, from, to);
    RawInput mine = source.in();
    RawInput other = replica.in();
    mine.next();
    other.next();
    if (mine.kind() != RawInput.ARRAY || other.kind() != RawInput.ARRAY) {
      // One key that may not be read fails the whole command: each is then asked for by itself.
      refused(source, "MGET", mine);
      refused(replica, "MGET", other);
      for (int i = from; i < to; i++) {
        states[i] = State.UNLIKE;
      }
      return;
    }
    mine.expectedArray(to - from);
    other.expectedArray(to - from);
    for (int i = from; i < to; i++) {
      mine.next();
      other.next();
      mine.expectedBulkOrNil();
      other.expectedBulkOrNil();
      long length = mine.number();
      long otherLength = other.number();
      if (length == otherLength) {
        if (length < 0) {
          states[i] = State.NO_STRING;
        } else if (mine.sameBody(other, length, 0)) {
          counts[i] = 1;
          same(i, "string", length);
        } else {
          states[i] = State.SUSPECT;
        }
      } else {
        states[i] = State.SUSPECT;
        skip(mine, length);
        skip(other, otherLength);
      }
    }
  }

  /** Compares what is no string: sets and hashes by their elements, the rest by payload. */
  private void compareOthers(KeyBatch batch) {
    int count = batch.count();
    int asked = 0;
    for (int i = 0; i < count; i++) {
      if (states[i] == State.NO_STRING) {
        // Of the replica, as the source has the scan to answer as well.
        command(replica.out(), "TYPE", batch, i);
        asked++;
      }
    }
    if (asked == 0) {
      return;
    }
    replica.out().flush();
    RawInput mine = source.in();
    RawInput other = replica.in();
    for (int i = 0; i < count; i++) {
      if (states[i] == State.NO_STRING) {
        other.next();
        types[i] = other.kind() == RawInput.STATUS ? known(other.text()) : otherwise(other);
      }
    }
    for (int i = 0; i < count; i++) {
      if (states[i] == State.NO_STRING) {
        String command = command(types[i]);
        command(source.out(), command, batch, i);
        command(replica.out(), command, batch, i);
      }
    }
    source.out().flush();
    replica.out().flush();
    for (int i = 0; i < count; i++) {
      if (states[i] == State.NO_STRING) {
        mine.next();
        other.next();
        states[i] =
            command(types[i]).equals("DUMP")
                ? payloads(mine, other, i)
                : elements(mine, other, i, types[i].equals("hash") ? 2 : 1);
      }
    }
  }

  /** How a type is read: payloads of hash tables differ by their order, so those are not used. */
  private String command(String type) {
    return switch (type) {
      case "set" -> "SMEMBERS";
      // A payload also has the expiries of fields.
      case "hash" -> abilities.fieldExpiry() ? "DUMP" : "HGETALL";
      default -> "DUMP";
    };
  }

  private static String known(String type) {
    return switch (type) {
      case "set" -> "set";
      case "hash" -> "hash";
      default -> "";
    };
  }

  private String otherwise(RawInput in) {
    refused(replica, "TYPE", in);
    return "";
  }

  private State elements(RawInput mine, RawInput other, int i, int stride) {
    if (mine.kind() != RawInput.ARRAY || other.kind() != RawInput.ARRAY) {
      refused(source, "reading a " + types[i], mine);
      refused(replica, "reading a " + types[i], other);
      return State.UNLIKE;
    }
    // Of an absent key the array is empty.
    if (mine.number() == 0 && other.number() == 0) {
      return State.SUSPECT;
    }
    boolean kept = sourceReply.take(mine, stride);
    kept = replicaReply.take(other, stride) && kept;
    if (!kept) {
      return State.UNLIKE;
    }
    if (!sourceReply.sameAs(replicaReply)) {
      return State.SUSPECT;
    }
    counts[i] = sourceReply.slices();
    same(i, types[i], sourceReply.bodyBytes());
    return State.SAME;
  }

  private State payloads(RawInput mine, RawInput other, int i) {
    if (mine.kind() != RawInput.BULK || other.kind() != RawInput.BULK) {
      refused(source, "DUMP", mine);
      refused(replica, "DUMP", other);
      return State.UNLIKE;
    }
    long length = mine.number();
    if (length < 0 && other.number() < 0) {
      return State.GONE;
    }
    if (length != other.number() || length <= DUMP_FOOTER) {
      boolean both = length >= 0 && other.number() >= 0;
      skip(mine, length);
      skip(other, other.number());
      return both ? State.UNLIKE : State.SUSPECT;
    }
    String type = SerializedType.of(mine.peek());
    if (mine.sameBody(other, length, DUMP_FOOTER) && type != null) {
      counts[i] = Tally.UNKNOWN;
      same(i, type, length - DUMP_FOOTER);
      return State.SAME;
    }
    return State.UNLIKE;
  }

  private void compareExpiries(KeyBatch batch) {
    String command = abilities.absoluteExpiry() ? "PEXPIRETIME" : "PTTL";
    int count = batch.count();
    for (int i = 0; i < count; i++) {
      if (states[i] == State.SAME) {
        command(source.out(), command, batch, i);
        command(replica.out(), command, batch, i);
      }
    }
    source.out().flush();
    replica.out().flush();
    for (int i = 0; i < count; i++) {
      if (states[i] == State.SAME) {
        long mine = number(source, command);
        long other = number(replica, command);
        boolean same =
            (mine < 0 || other < 0) ? mine == other : Math.abs(mine - other) <= toleranceMillis;
        if (!same || mine == -2) {
          states[i] = State.SUSPECT;
        }
      }
    }
  }

  private void compareProperly(KeyBatch batch, Found found) {
    List<Integer> unlike = new ArrayList<>();
    for (int i = 0; i < batch.count(); i++) {
      if (states[i] == State.UNLIKE) {
        unlike.add(i);
      }
    }
    for (int from = 0; from < unlike.size(); from += DEEP_GROUP) {
      compareGroup(batch, unlike.subList(from, Math.min(unlike.size(), from + DEEP_GROUP)), found);
    }
  }

  private void compareGroup(KeyBatch batch, List<Integer> group, Found found) {
    List<Bytes> keys = group.stream().map(batch::key).toList();
    List<KeyState> mine = sourceReader.look(keys);
    List<KeyState> others = replicaReader.look(keys);
    sourceReader.fetch(keys, mine);
    replicaReader.fetch(keys, others);
    for (int g = 0; g < group.size(); g++) {
      int i = group.get(g);
      KeyState state = mine.get(g);
      KeyState other = others.get(g);
      Judgement judgement = Judgement.of(state, other, toleranceMillis);
      boolean equal = judgement.verdict() == Verdict.EQUAL;
      long elements = state.content == null ? state.count : state.content.elements();
      long bytes = state.content == null ? Tally.UNKNOWN : state.content.bytes();
      if (equal && (state.isLarge() || other.isLarge())) {
        LargeLook.Sum sum = large.sum(keys.get(g), state, other);
        equal = sum.same();
        bytes = sum.bytes();
      }
      if (equal) {
        String type = java.util.Objects.requireNonNull(state.type);
        found.equal(batch, i, type, type.equals("string") ? 1 : elements, bytes);
      } else if (judgement.verdict() == null) {
        found.gone(batch, i);
      } else {
        found.suspect(batch, i);
      }
    }
  }

  private void same(int i, String type, long bytes) {
    states[i] = State.SAME;
    types[i] = type;
    sizes[i] = bytes;
  }

  private static long number(RawConnection connection, String command) {
    RawInput in = connection.in();
    in.next();
    if (in.kind() == RawInput.INTEGER) {
      return in.number();
    }
    refused(connection, command, in);
    return -2;
  }

  /**
   * Passes over a reply that is not what was asked for; ends it all where the server is to blame.
   */
  private static void refused(RawConnection connection, String command, RawInput in) {
    noteError(connection, command, in);
    if (in.kind() != RawInput.ERROR) {
      in.skipRest();
    }
  }

  private static void noteError(RawConnection connection, String command, RawInput in) {
    if (in.kind() == RawInput.ERROR && Unanswered.concernsServer(in.text())) {
      throw connection.refused(command, new Reply.Failed(in.text()));
    }
  }

  private static void skip(RawInput in, long length) {
    if (length >= 0) {
      in.skip(length);
    }
  }

  private static void mget(RawOutput out, KeyBatch batch, int from, int to) {
    out.begin(1 + to - from);
    out.part("MGET");
    int begin = batch.encodedFrom(from);
    out.encoded(batch.array(), begin, batch.encodedTo(to - 1) - begin);
    out.flush();
  }

  private static void command(RawOutput out, String command, KeyBatch batch, int i) {
    out.begin(2);
    out.part(command);
    part(out, batch, i);
  }

  private static void part(RawOutput out, KeyBatch batch, int i) {
    int begin = batch.encodedFrom(i);
    out.encoded(batch.array(), begin, batch.encodedTo(i) - begin);
  }
}
