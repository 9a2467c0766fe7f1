package io.syncanalyzer.verify.look;

import io.syncanalyzer.redis.wire.RawConnection;
import io.syncanalyzer.redis.wire.RawInput;
import io.syncanalyzer.verify.found.Tally;
import io.syncanalyzer.verify.look.BatchFindings.State;
import io.syncanalyzer.verify.scan.KeyBatch;
import io.syncanalyzer.verify.server.Abilities;
import io.syncanalyzer.verify.value.KeyReader;
import io.syncanalyzer.verify.value.SerializedType;
import io.syncanalyzer.verify.value.UnorderedReply;

/**
 * The first pass over what is no string: sets and hashes are compared by their elements in whatever
 * order, of other types the serialized payloads are compared as they stream in, and an equal
 * payload is an equal value. A payload does not tell how many elements it has, so these are asked
 * for beside it. What neither can tell is left to be read properly. Not safe for use by several
 * threads.
 */
final class CollectionLook {
  private static final int DUMP_FOOTER = 10;

  private final RawConnection source;
  private final RawConnection replica;
  private final RawConnection counting;
  private final Abilities abilities;
  private final BatchFindings findings;
  private final UnorderedReply sourceReply = new UnorderedReply();
  private final UnorderedReply replicaReply = new UnorderedReply();

  /**
   * @param counting the one of the two that is asked how many elements there are
   */
  CollectionLook(
      RawConnection source,
      RawConnection replica,
      RawConnection counting,
      Abilities abilities,
      BatchFindings findings) {
    this.source = source;
    this.replica = replica;
    this.counting = counting;
    this.abilities = abilities;
    this.findings = findings;
  }

  /** Compares every key of the batch that is no string. */
  void at(KeyBatch batch) {
    if (!findings.any(State.NO_STRING)) {
      return;
    }
    // Of the replica, as the source has the scan to answer as well.
    findings.each(State.NO_STRING, i -> BatchWire.command(replica.out(), "TYPE", batch, i));
    replica.out().flush();
    findings.each(State.NO_STRING, this::readType);
    findings.each(State.NO_STRING, i -> askValue(batch, i));
    source.out().flush();
    replica.out().flush();
    findings.each(State.NO_STRING, i -> findings.set(i, compareOne(i)));
  }

  private void readType(int i) {
    RawInput in = replica.in();
    in.next();
    if (in.kind() != RawInput.STATUS) {
      BatchWire.refused(replica, "TYPE");
      findings.type(i, "");
      return;
    }
    findings.type(i, in.text());
  }

  private void askValue(KeyBatch batch, int i) {
    String type = findings.type(i);
    String command = command(type);
    String count = command.equals("DUMP") ? KeyReader.countCommand(type) : null;
    if (count != null) {
      BatchWire.command(counting.out(), count, batch, i);
    }
    BatchWire.command(source.out(), command, batch, i);
    BatchWire.command(replica.out(), command, batch, i);
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

  private State compareOne(int i) {
    String type = findings.type(i);
    boolean payload = command(type).equals("DUMP");
    String count = payload ? KeyReader.countCommand(type) : null;
    long elements = count == null ? Tally.UNKNOWN : counted(type, count);
    source.in().next();
    replica.in().next();
    return payload ? payloads(i, elements) : elements(i, type);
  }

  /** How many elements there are; unknown where it may not be asked. */
  private long counted(String type, String command) {
    long count = BatchWire.number(counting, command);
    return count < 0 ? Tally.UNKNOWN : type.equals("string") ? 1 : count;
  }

  private State elements(int i, String type) {
    RawInput mine = source.in();
    RawInput other = replica.in();
    if (mine.kind() != RawInput.ARRAY || other.kind() != RawInput.ARRAY) {
      BatchWire.refused(source, "reading a " + type);
      BatchWire.refused(replica, "reading a " + type);
      return State.UNLIKE;
    }
    // Of an absent key the array is empty.
    if (mine.number() == 0 && other.number() == 0) {
      return State.SUSPECT;
    }
    int stride = type.equals("hash") ? 2 : 1;
    boolean kept = sourceReply.take(mine, stride);
    kept = replicaReply.take(other, stride) && kept;
    if (!kept) {
      return State.UNLIKE;
    }
    if (!sourceReply.sameAs(replicaReply)) {
      return State.SUSPECT;
    }
    findings.same(i, type, sourceReply.slices(), sourceReply.bodyBytes());
    return State.SAME;
  }

  private State payloads(int i, long elements) {
    RawInput mine = source.in();
    RawInput other = replica.in();
    if (mine.kind() != RawInput.BULK || other.kind() != RawInput.BULK) {
      BatchWire.refused(source, "DUMP");
      BatchWire.refused(replica, "DUMP");
      return State.UNLIKE;
    }
    long length = mine.number();
    if (length < 0 && other.number() < 0) {
      return State.GONE;
    }
    if (length != other.number() || length <= DUMP_FOOTER) {
      boolean both = length >= 0 && other.number() >= 0;
      BatchWire.skip(mine, length);
      BatchWire.skip(other, other.number());
      return both ? State.UNLIKE : State.SUSPECT;
    }
    String type = SerializedType.of(mine.peek());
    if (mine.sameBody(other, length, DUMP_FOOTER) && type != null) {
      findings.same(i, type, elements, length - DUMP_FOOTER);
      return State.SAME;
    }
    return State.UNLIKE;
  }
}
