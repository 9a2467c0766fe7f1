package io.syncanalyzer.selftest;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.result.verify.KeyVerdict;
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
  public enum Kind {
    MISSING_KEY("missing key", KeyVerdict.MISSING_ON_REPLICA),
    EXTRA_KEY("extra key", KeyVerdict.EXTRA_ON_REPLICA),
    TYPE("changed type", KeyVerdict.TYPE_DIFFERS),
    EXPIRY_CHANGED("expiry 5 s later", KeyVerdict.TTL_DIFFERS),
    EXPIRY_REMOVED("expiry removed", KeyVerdict.TTL_DIFFERS),
    EXPIRY_ADDED("expiry added", KeyVerdict.TTL_DIFFERS),
    VALUE("changed element", KeyVerdict.VALUE_DIFFERS),
    ELEMENT_MISSING("missing element", KeyVerdict.VALUE_DIFFERS),
    ELEMENT_EXTRA("extra element", KeyVerdict.VALUE_DIFFERS),
    ORDER("list order", KeyVerdict.VALUE_DIFFERS),
    SCORE("zset score", KeyVerdict.VALUE_DIFFERS),
    FIELD_EXPIRY("hash field expiry", KeyVerdict.VALUE_DIFFERS),
    LAST_ID("stream last id", KeyVerdict.VALUE_DIFFERS),
    GROUP("group missing/extra", KeyVerdict.VALUE_DIFFERS),
    GROUP_LAST_ID("group last delivered", KeyVerdict.VALUE_DIFFERS),
    CONSUMER("consumer missing/extra", KeyVerdict.VALUE_DIFFERS),
    PENDING("consumer pending", KeyVerdict.VALUE_DIFFERS);

    private final String label;
    private final KeyVerdict verdict;

    Kind(String label, KeyVerdict verdict) {
      this.label = label;
      this.verdict = verdict;
    }

    String label() {
      return label;
    }

    /** What a verification must say of it. */
    KeyVerdict verdict() {
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
