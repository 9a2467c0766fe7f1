package io.syncanalyzer.insert.fork;

import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a fork's seconds to another on the thread that reads what the fork says, which ends for
 * nothing that goes wrong there: the first failure is logged, the others are passed over. For one
 * thread.
 */
final class SecondsTold implements Consumer<WorkJson> {
  private static final Logger LOG = LoggerFactory.getLogger(SecondsTold.class);

  private final Consumer<WorkJson> other;
  private boolean failed;

  SecondsTold(Consumer<WorkJson> other) {
    this.other = other;
  }

  @Override
  public void accept(WorkJson second) {
    try {
      other.accept(second);
    } catch (RuntimeException e) {
      if (!failed) {
        failed = true;
        LOG.warn("seconds of the lag are missing from what is served: {}", e.toString());
      }
    }
  }
}
