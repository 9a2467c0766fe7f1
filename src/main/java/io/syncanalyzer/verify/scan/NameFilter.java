package io.syncanalyzer.verify.scan;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.topology.HashSlot;
import io.syncanalyzer.redis.topology.SlotSet;
import java.util.Arrays;
import java.util.Optional;

/**
 * Tells which of a side's names are handed out: those of the slots asked for that are in scope, no
 * fence's own, and wanted. Not safe for use by several threads.
 */
public final class NameFilter {
  private final VerifyScope scope;
  private final int database;
  private final Bytes fencePrefix;
  private final SlotSet slots;
  private final boolean everySlot;
  private final KeyScan.Filter filter;
  private final Optional<Glob> match;
  private final Optional<Glob> exclude;
  private final KeyHash hash = new KeyHash();

  /** What a name is. */
  enum Kind {
    /** A fence's own, or of a slot that was not asked for. */
    FOREIGN,
    OUT_OF_SCOPE,
    /** In scope, and not to be handed out. */
    UNWANTED,
    WANTED
  }

  /**
   * @param fencePrefix what the fence's own keys begin with
   * @param slots those of which slots
   * @param filter which of the keys in scope are wanted
   */
  public NameFilter(
      VerifyScope scope, int database, Bytes fencePrefix, SlotSet slots, KeyScan.Filter filter) {
    this.scope = scope;
    this.database = database;
    this.fencePrefix = fencePrefix;
    this.slots = slots;
    this.everySlot = slots.isAll();
    this.filter = filter;
    this.match = Optional.ofNullable(scope.match()).map(Glob::new);
    this.exclude = Optional.ofNullable(scope.exclude()).map(Glob::new);
  }

  /** The same of other slots. */
  NameFilter of(SlotSet others) {
    return new NameFilter(scope, database, fencePrefix, others, filter);
  }

  VerifyScope scope() {
    return scope;
  }

  int database() {
    return database;
  }

  SlotSet slots() {
    return slots;
  }

  /**
   * What a name is.
   *
   * @param matched whether the server itself saw to it that it matches
   */
  Kind kind(byte[] array, int from, int length, boolean matched) {
    if (isFence(array, from, length) || isElsewhere(array, from, length)) {
      return Kind.FOREIGN;
    }
    if (!matched && match.isPresent() && !match.get().matches(array, from, length)) {
      return Kind.OUT_OF_SCOPE;
    }
    if (!isInScope(array, from, length)) {
      return Kind.OUT_OF_SCOPE;
    }
    return filter.takes(array, from, length) ? Kind.WANTED : Kind.UNWANTED;
  }

  private boolean isFence(byte[] array, int from, int length) {
    return length > fencePrefix.length()
        && Arrays.equals(
            array, from, from + fencePrefix.length(), fencePrefix.array(), 0, fencePrefix.length());
  }

  private boolean isElsewhere(byte[] array, int from, int length) {
    return !everySlot && !slots.contains(HashSlot.of(array, from, length));
  }

  private boolean isInScope(byte[] array, int from, int length) {
    if (exclude.isPresent() && exclude.get().matches(array, from, length)) {
      return false;
    }
    if (scope.samplePercent() < 100) {
      hash.of(database, array, from, length);
      return hash.isSampled(scope.samplePercent());
    }
    return true;
  }
}
