package io.syncanalyzer.verify.found;

import io.syncanalyzer.result.verify.Mismatch;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads several logs, one after the other, each opened when its turn comes. For one thread. */
final class OneByOne implements Iterator<Mismatch>, AutoCloseable {
  private final Iterator<MismatchLog> parts;
  private @Nullable Stream<Mismatch> open;
  private Iterator<Mismatch> rows = Collections.emptyIterator();

  OneByOne(Iterator<MismatchLog> parts) {
    this.parts = parts;
  }

  @Override
  public boolean hasNext() {
    while (!rows.hasNext()) {
      close();
      if (!parts.hasNext()) {
        return false;
      }
      Stream<Mismatch> next = parts.next().stream();
      open = next;
      rows = next.iterator();
    }
    return true;
  }

  @Override
  public Mismatch next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return rows.next();
  }

  @Override
  public void close() {
    Stream<Mismatch> last = open;
    if (last != null) {
      last.close();
    }
  }
}
