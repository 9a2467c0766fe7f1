package io.syncanalyzer.verify.scan;

import io.syncanalyzer.redis.Bytes;
import java.util.Optional;

/**
 * Which names are in scope, of those that are listed and not scanned; types are not looked at. For
 * one thread.
 */
public final class KeysInScope {
  private final VerifyScope scope;
  private final Bytes fencePrefix;
  private final Optional<Glob> match;
  private final Optional<Glob> exclude;
  private final KeyHash hash = new KeyHash();

  /**
   * @param fencePrefix what the keys of our own fences begin with, which are in no scope
   */
  public KeysInScope(VerifyScope scope, Bytes fencePrefix) {
    this.scope = scope;
    this.fencePrefix = fencePrefix;
    this.match = Optional.ofNullable(scope.match()).map(Glob::new);
    this.exclude = Optional.ofNullable(scope.exclude()).map(Glob::new);
  }

  /** Whether a key of that name is in scope. */
  public boolean takes(int database, Bytes name) {
    byte[] array = name.array();
    if (name.length() > fencePrefix.length()
        && name.slice(0, fencePrefix.length()).equals(fencePrefix)) {
      return false;
    }
    if (match.isPresent() && !match.get().matches(array, 0, array.length)) {
      return false;
    }
    if (exclude.isPresent() && exclude.get().matches(array, 0, array.length)) {
      return false;
    }
    if (scope.samplePercent() < 100) {
      hash.of(database, array, 0, array.length);
      return hash.isSampled(scope.samplePercent());
    }
    return true;
  }
}
