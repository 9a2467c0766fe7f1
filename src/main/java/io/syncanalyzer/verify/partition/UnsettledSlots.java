package io.syncanalyzer.verify.partition;

import io.syncanalyzer.fence.FenceUse;
import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Counted;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.topology.SlotRange;
import io.syncanalyzer.result.verify.KeyVerdict;
import io.syncanalyzer.result.verify.Mismatch;
import io.syncanalyzer.result.verify.NotLookedAt;
import io.syncanalyzer.result.verify.VerifyRow;
import io.syncanalyzer.verify.VerifySummary;
import io.syncanalyzer.verify.found.MismatchLog;
import io.syncanalyzer.verify.scan.KeysInScope;
import io.syncanalyzer.verify.server.ServerCost;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A slot that still moved at the last attempt: every name of it that any of its nodes lists is
 * unsettled, for it can be told of none which of them has it.
 */
final class UnsettledSlots {
  private static final String FILE = "unsettled.jsonl";

  /** As a row has it whose type is not known. */
  private static final String UNKNOWN = "unknown";

  private final Partition partition;
  private final Path file;
  private final Map<Integer, String> ways;
  private final Set<Bytes> onSource = new HashSet<>();
  private final Set<Bytes> onReplica = new HashSet<>();
  private final Set<Bytes> all = new LinkedHashSet<>();
  private @Nullable Endpoint giver;

  /**
   * Lists the names, and writes their rows.
   *
   * @throws io.syncanalyzer.redis.RedisFailure if the slot's own nodes do not answer
   */
  UnsettledSlots(PartitionedRequest request, Nodes nodes, Partition partition) {
    this.partition = partition;
    this.file = request.folder(partition).resolve(FILE);
    this.ways = new java.util.TreeMap<>();
    KeysInScope scope =
        new KeysInScope(request.settings().scope(), request.of(partition).fencePrefix());
    try (MismatchLog.Writer rows = new MismatchLog.Writer(file, 0)) {
      SlotRange slots = partition.slots();
      for (int slot = slots.from(); slot <= slots.to(); slot++) {
        Set<Bytes> names = new LinkedHashSet<>();
        String way = list(nodes, partition.source(), slot, scope, onSource, names);
        String other = list(nodes, partition.replica(), slot, scope, onReplica, names);
        String words = way != null ? way : other != null ? other : "keeps moving";
        ways.put(slot, words);
        for (Bytes name : names) {
          rows.add(row(name, "its slot " + slot + " " + words));
        }
        all.addAll(names);
      }
    }
  }

  /** Lists what a side has of a slot; gives on which way it is, null where it rests. */
  private @Nullable String list(
      Nodes nodes,
      Endpoint node,
      int slot,
      KeysInScope scope,
      Set<Bytes> onSide,
      Set<Bytes> names) {
    if (!node.isInCluster()) {
      return null;
    }
    List<Bytes> found = new ArrayList<>(nodes.names(node, slot));
    Optional<SlotMove> move = Optional.ofNullable(nodes.moving(node).get(slot));
    if (move.isPresent()) {
      Endpoint other =
          move.get().from().address().equals(node.address()) ? move.get().to() : move.get().from();
      giver = move.get().from();
      found.addAll(nodes.names(other, slot));
    }
    found.removeIf(name -> !scope.takes(0, name));
    onSide.addAll(found);
    names.addAll(found);
    return move.map(
            one -> "is being moved from " + one.from().address() + " to " + one.to().address())
        .orElse(null);
  }

  private Mismatch row(Bytes name, String detail) {
    return new Mismatch(
        0,
        name,
        KeyVerdict.UNSETTLED,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        partition.attempt(),
        detail,
        null,
        null);
  }

  /** What there is to tell of it, and how it is finished. */
  String note() {
    Endpoint ask = giver == null ? partition.source() : giver;
    StringBuilder words = new StringBuilder();
    ways.forEach(
        (slot, way) ->
            words
                .append(words.isEmpty() ? "slot " : ", slot ")
                .append(slot)
                .append(' ')
                .append(way));
    return words
        + " still, after "
        + Counted.words(partition.attempt(), "look")
        + ": "
        + Counted.words(all.size(), "key")
        + (all.size() == 1 ? " is" : " are")
        + " unsettled; finish the move (redis-cli --cluster fix "
        + ask.address()
        + "), then verify again";
  }

  /** Whether all there is was listed: a server in no cluster lists no slot. */
  boolean isCertain() {
    return !all.isEmpty()
        || (partition.source().isInCluster() && partition.replica().isInCluster());
  }

  /** As a partition's own verification would have it. */
  VerifySummary summary() {
    Set<Bytes> both = new HashSet<>(onSource);
    both.retainAll(onReplica);
    return new VerifySummary(
        onSource.size(),
        onReplica.size(),
        both.size(),
        0,
        all.isEmpty()
            ? List.of()
            : List.of(new VerifyRow(UNKNOWN, KeyVerdict.UNSETTLED, all.size(), null, null)),
        List.of(),
        new MismatchLog(file, all.size(), Map.of()),
        new FenceUse("none: the slot was on its way", false, 0, 0, 0),
        List.of(),
        ServerCost.UNKNOWN,
        ServerCost.UNKNOWN,
        Duration.ZERO,
        false,
        0L,
        List.of(0),
        NotLookedAt.NOTHING,
        0L);
  }
}
