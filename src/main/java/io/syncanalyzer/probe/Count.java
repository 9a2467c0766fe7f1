package io.syncanalyzer.probe;

import java.util.concurrent.atomic.AtomicLong;

/** A number that one thread changes and any may read. */
final class Count {
  private final AtomicLong value;

  Count() {
    this(0);
  }

  Count(long initial) {
    value = new AtomicLong(initial);
  }

  void add(long n) {
    value.setRelease(value.getPlain() + n);
  }

  void set(long n) {
    value.setRelease(n);
  }

  void raiseTo(long n) {
    if (n > value.getPlain()) {
      value.setRelease(n);
    }
  }

  void lowerTo(long n) {
    if (n < value.getPlain()) {
      value.setRelease(n);
    }
  }

  long get() {
    return value.getAcquire();
  }
}
