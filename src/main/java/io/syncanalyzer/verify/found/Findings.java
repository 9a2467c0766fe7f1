package io.syncanalyzer.verify.found;

import io.syncanalyzer.verify.scan.KeyBatch;

/** Takes what the first pass finds of each key; each worker has its own. */
public interface Findings {
  /** The key is the same on both sides. */
  void equal(KeyBatch batch, int index, String type, long elements, long bytes);

  /** The key may differ. */
  void suspect(KeyBatch batch, int index);

  /** The key is on neither side any more. */
  void gone(KeyBatch batch, int index);
}
