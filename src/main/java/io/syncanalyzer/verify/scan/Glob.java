package io.syncanalyzer.verify.scan;

import io.syncanalyzer.redis.Bytes;

/**
 * Redis's own glob over bytes: {@code *}, {@code ?}, {@code [a-z]}, {@code [^…]} and {@code \x} for
 * a literal, as in {@code KEYS} and {@code SCAN MATCH}, case kept.
 *
 * <p>Backtracks to the last star only, so that it takes at most pattern times key steps.
 *
 * @param pattern the glob
 */
record Glob(Bytes pattern) {
  boolean matches(byte[] key, int from, int length) {
    int p = 0;
    int k = 0;
    int starAt = -1;
    int starKey = 0;
    while (k < length) {
      if (p < pattern.length() && pattern.at(p) == '*') {
        starAt = p++;
        starKey = k;
        continue;
      }
      int next = p < pattern.length() ? matchOne(p, key[from + k]) : -1;
      if (next >= 0) {
        p = next;
        k++;
      } else if (starAt >= 0) {
        p = starAt + 1;
        k = ++starKey;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.at(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }

  /** Where the pattern goes on after matching one byte at {@code p}; -1 if it does not match. */
  private int matchOne(int p, byte b) {
    byte c = pattern.at(p);
    if (c == '?') {
      return p + 1;
    }
    if (c == '[') {
      return matchClass(p + 1, b & 0xff);
    }
    if (c == '\\' && p + 1 < pattern.length()) {
      return pattern.at(p + 1) == b ? p + 2 : -1;
    }
    return c == b ? p + 1 : -1;
  }

  private int matchClass(int from, int b) {
    int p = from;
    boolean not = p < pattern.length() && pattern.at(p) == '^';
    if (not) {
      p++;
    }
    boolean match = false;
    while (p < pattern.length() && pattern.at(p) != ']') {
      int low = pattern.at(p) & 0xff;
      if (low == '\\' && p + 1 < pattern.length()) {
        low = pattern.at(++p) & 0xff;
        match |= low == b;
      } else if (p + 2 < pattern.length() && pattern.at(p + 1) == '-') {
        int high = pattern.at(p + 2) & 0xff;
        match |= b >= Math.min(low, high) && b <= Math.max(low, high);
        p += 2;
      } else {
        match |= low == b;
      }
      p++;
    }
    int next = p < pattern.length() ? p + 1 : p;
    return match != not ? next : -1;
  }
}
