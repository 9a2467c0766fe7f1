package io.syncanalyzer.verify.look;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.wire.RawConnection;
import io.syncanalyzer.result.verify.KeyVerdict;
import io.syncanalyzer.time.NanoClock;
import io.syncanalyzer.verify.found.Tally;
import io.syncanalyzer.verify.look.BatchFindings.State;
import io.syncanalyzer.verify.scan.KeyBatch;
import io.syncanalyzer.verify.server.Abilities;
import io.syncanalyzer.verify.value.Content;
import io.syncanalyzer.verify.value.Judgement;
import io.syncanalyzer.verify.value.KeyReader;
import io.syncanalyzer.verify.value.KeyState;
import io.syncanalyzer.verify.value.LargeLook;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * The first pass over keys that cheaper ways could not tell: their values are read and compared
 * properly, large ones in windows. Not safe for use by several threads.
 */
final class ProperLook {
  private static final int GROUP = 64;

  private final KeyReader sourceReader;
  private final KeyReader replicaReader;
  private final LargeLook large;
  private final long toleranceMillis;
  private final BatchFindings findings;

  ProperLook(
      RawConnection source,
      RawConnection replica,
      Abilities abilities,
      long toleranceMillis,
      NanoClock clock,
      BatchFindings findings) {
    this.sourceReader = new KeyReader(source, abilities, clock);
    this.replicaReader = new KeyReader(replica, abilities, clock, abilities.clocks());
    this.large = new LargeLook(source, replica, abilities, toleranceMillis);
    this.toleranceMillis = toleranceMillis;
    this.findings = findings;
  }

  /** Compares every key of the batch that is {@link State#UNLIKE}. */
  void at(KeyBatch batch) {
    List<Integer> unlike = new ArrayList<>();
    for (int i = 0; i < batch.count(); i++) {
      if (findings.is(i, State.UNLIKE)) {
        unlike.add(i);
      }
    }
    for (int from = 0; from < unlike.size(); from += GROUP) {
      compare(batch, unlike.subList(from, Math.min(unlike.size(), from + GROUP)));
    }
  }

  private void compare(KeyBatch batch, List<Integer> group) {
    List<Bytes> keys = group.stream().map(batch::key).toList();
    List<KeyState> seen = sourceReader.look(keys);
    List<KeyState> seenOther = replicaReader.look(keys);
    List<KeyState> mine = sourceReader.fetch(keys, seen);
    List<KeyState> others = replicaReader.fetch(keys, seenOther);
    for (int g = 0; g < group.size(); g++) {
      compareOne(group.get(g), keys.get(g), mine.get(g), others.get(g));
    }
  }

  private void compareOne(int i, Bytes key, KeyState mine, KeyState other) {
    Judgement judgement = Judgement.of(mine, other, toleranceMillis);
    if (judgement.verdict() != KeyVerdict.EQUAL) {
      findings.set(i, judgement.verdict() == null ? State.GONE : State.SUSPECT);
      return;
    }
    Content content = mine.content();
    long counted = mine.count() == null ? Tally.UNKNOWN : mine.count();
    long elements = content == null ? counted : content.elements();
    long bytes = content == null ? Tally.UNKNOWN : content.bytes();
    if (mine.isLarge() || other.isLarge()) {
      OptionalLong same = large.bytesIfSame(key, mine, other);
      if (same.isEmpty()) {
        findings.set(i, State.SUSPECT);
        return;
      }
      bytes = same.getAsLong();
    }
    String type = Objects.requireNonNull(mine.type(), "an equal key has a type");
    if (KeyReader.countCommand(type) == null) {
      elements = Tally.UNKNOWN;
    } else if (type.equals("string")) {
      elements = 1;
    }
    findings.same(i, type, elements, bytes);
  }
}
