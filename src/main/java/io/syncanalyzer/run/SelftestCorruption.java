package io.syncanalyzer.run;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.verify.Verdict;
import java.util.List;
import java.util.Objects;

/**
 * A key that the self test makes the same on both sides and then corrupts on the replica.
 *
 * @param kind what is wrong with it then
 * @param type its type on the source, or on the replica where only that has it
 * @param what the corruption in words
 * @param key belongs to this corruption alone
 * @param before sent to the source; none where only the replica is to have the key
 * @param change sent to the replica
 */
record SelftestCorruption(
    Kind kind,
    SelftestType type,
    String what,
    Bytes key,
    List<SelftestWrite> before,
    List<SelftestWrite> change) {
  /** What may be wrong with a key on a replica. */
  enum Kind {
    MISSING_KEY("missing key", Verdict.MISSING_ON_REPLICA),
    EXTRA_KEY("extra key", Verdict.EXTRA_ON_REPLICA),
    TYPE("changed type", Verdict.TYPE_DIFFERS),
    EXPIRY_CHANGED("expiry 5 s later", Verdict.TTL_DIFFERS),
    EXPIRY_REMOVED("expiry removed", Verdict.TTL_DIFFERS),
    EXPIRY_ADDED("expiry added", Verdict.TTL_DIFFERS),
    VALUE("changed element", Verdict.VALUE_DIFFERS),
    ELEMENT_MISSING("missing element", Verdict.VALUE_DIFFERS),
    ELEMENT_EXTRA("extra element", Verdict.VALUE_DIFFERS),
    ORDER("list order", Verdict.VALUE_DIFFERS),
    SCORE("zset score", Verdict.VALUE_DIFFERS),
    FIELD_EXPIRY("hash field expiry", Verdict.VALUE_DIFFERS),
    LAST_ID("stream last id", Verdict.VALUE_DIFFERS),
    GROUP("group missing/extra", Verdict.VALUE_DIFFERS),
    GROUP_LAST_ID("group last delivered", Verdict.VALUE_DIFFERS),
    CONSUMER("consumer missing/extra", Verdict.VALUE_DIFFERS),
    PENDING("consumer pending", Verdict.VALUE_DIFFERS);

    private final String label;
    private final Verdict verdict;

    Kind(String label, Verdict verdict) {
      this.label = label;
      this.verdict = verdict;
    }

    String label() {
      return label;
    }

    /** What a verification must say of it. */
    Verdict verdict() {
      return verdict;
    }
  }

  SelftestCorruption {
    Objects.requireNonNull(kind, "kind is null");
    Objects.requireNonNull(type, "type is null");
    Objects.requireNonNull(what, "what is null");
    Objects.requireNonNull(key, "key is null");
    before = List.copyOf(before);
    change = List.copyOf(change);
  }
}
