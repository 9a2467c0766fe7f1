package io.syncanalyzer.probe.write;

import java.util.concurrent.atomic.AtomicLong;

/** A number that one thread changes and any may read. */
public final class Count {
  private final AtomicLong value;

  public Count() {
    this(0);
  }

  public Count(long initial) {
    value = new AtomicLong(initial);
  }

  public void add(long n) {
    value.setRelease(value.getPlain() + n);
  }

  public void set(long n) {
    value.setRelease(n);
  }

  public void raiseTo(long n) {
    if (n > value.getPlain()) {
      value.setRelease(n);
    }
  }

  public long get() {
    return value.getAcquire();
  }
}
