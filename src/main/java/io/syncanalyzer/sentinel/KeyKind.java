package io.syncanalyzer.sentinel;

import io.syncanalyzer.redis.Counted;

/** What of ours a key is. */
public enum KeyKind {
  SENTINEL("sentinel"),
  FENCE("fence key"),
  LOAD("load key"),
  SELFTEST("self-test key");

  private final String word;

  KeyKind(String word) {
    this.word = word;
  }

  /** So many of them, for people: {@code 1 sentinel}, {@code 2,000 sentinels}. */
  public String words(long count) {
    return Counted.words(count, word);
  }
}
